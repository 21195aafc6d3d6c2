import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrganizationId } from '../../kernel/ids.ts'
import {
  type ResolvedPartnerId,
  standingOf,
  type TradingParty,
  whyPartnerIdCannotBeUsed,
  whyProviderCannotTrade,
  whyResellerCannotTrade,
} from './rules.ts'

const reseller: TradingParty = {
  organizationId: 'r' as OrganizationId,
  kind: 'reseller',
  name: 'R',
  legalName: 'R Ltd.',
  country: 'FR',
  city: 'Lyon',
  regionId: 'europe',
  regionNameEn: 'Europe',
  regionNameTr: 'Avrupa',
  status: 'active',
  emailDomain: null,
  registrationNumber: null,
  enrollment: { tier: 'indirect_reseller', status: 'active' },
  location: { id: 'l' as never, partnerId: '101', country: 'FR', status: 'active' },
  agreementSigned: true,
}
const provider: TradingParty = {
  ...reseller,
  kind: 'provider',
  enrollment: { tier: 'indirect_provider', status: 'active' },
}

test('S41 F24 a reseller that signed the agreement of the region may trade; one that did not may not', () => {
  assert.equal(whyResellerCannotTrade(reseller, 'europe'), null)
  assert.equal(whyResellerCannotTrade({ ...reseller, agreementSigned: false }, 'europe'), 'resellerAgreementMissing')
  assert.equal(
    whyResellerCannotTrade({ ...reseller, enrollment: { tier: 'indirect_reseller', status: 'qualified' } }, 'europe'),
    'resellerAgreementMissing',
  )
})

test('F32 partners of two regions do not trade with each other', () => {
  assert.equal(whyResellerCannotTrade(reseller, 'united_states'), 'wrongRegion')
})

test('F38 a suspended partner starts nothing new, whichever row says so', () => {
  assert.equal(whyResellerCannotTrade({ ...reseller, status: 'suspended' }, 'europe'), 'partnerSuspended')
  const enrollment = { tier: 'indirect_reseller' as const, status: 'suspended' as const }
  assert.equal(whyResellerCannotTrade({ ...reseller, enrollment }, 'europe'), 'partnerSuspended')
  assert.equal(whyProviderCannotTrade({ ...provider, status: 'suspended' }), 'partnerSuspended')
})

test('F20 a reseller without an open location cannot trade', () => {
  assert.equal(whyResellerCannotTrade({ ...reseller, location: null }, 'europe'), 'notEnrolledReseller')
  const closed = { id: 'l' as never, partnerId: '101', country: 'FR', status: 'closed' as const }
  assert.equal(whyResellerCannotTrade({ ...reseller, location: closed }, 'europe'), 'notEnrolledReseller')
})

test('F30 a provider sells once it is enrolled and has signed', () => {
  assert.equal(whyProviderCannotTrade(provider), null)
  assert.equal(whyProviderCannotTrade({ ...provider, agreementSigned: false }), 'ownAgreementMissing')
  assert.equal(whyProviderCannotTrade({ ...provider, enrollment: null }), 'notEnrolledProvider')
  assert.equal(whyProviderCannotTrade(reseller), 'notEnrolledProvider')
})

test('S39 F14 only the location a reseller came to the portal with names it', () => {
  const location: ResolvedPartnerId = {
    partnerId: '101',
    kind: 'location',
    organizationId: 'r' as OrganizationId,
    organizationKind: 'reseller',
    onboardedPartnerId: '101',
    legalName: 'R Ltd.',
    country: 'FR',
    locationStatus: 'active',
  }
  assert.equal(whyPartnerIdCannotBeUsed(location), null)
  assert.equal(whyPartnerIdCannotBeUsed(undefined), 'mpnIdNotFound')
  assert.equal(
    whyPartnerIdCannotBeUsed({ ...location, kind: 'global', organizationId: null, locationStatus: null }),
    'globalIdUsed',
  )
  assert.equal(whyPartnerIdCannotBeUsed({ ...location, partnerId: '102', organizationId: null }), 'wrongLocationId')
  assert.equal(whyPartnerIdCannotBeUsed({ ...location, locationStatus: 'closed' }), 'wrongLocationId')
  assert.equal(whyPartnerIdCannotBeUsed({ ...location, organizationKind: 'provider' }), 'notAnIndirectReseller')
})

test('F39 standing sums up enrollment and signature', () => {
  assert.equal(standingOf(reseller), 'active')
  assert.equal(standingOf({ ...reseller, agreementSigned: false }), 'agreementMissing')
  assert.equal(standingOf({ ...provider, agreementSigned: false }), 'agreementMissing')
  assert.equal(standingOf({ ...reseller, enrollment: null }), 'notEnrolled')
  assert.equal(standingOf({ ...reseller, status: 'suspended' }), 'suspended')
})
