import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { TradingParty } from '../program/rules.ts'
import {
  type Answering,
  decideAcceptance,
  decideRemoval,
  invitationCan,
  invitationEnd,
  invitationStatusAt,
  linkIsIntact,
  restoreLink,
  whyInvitationIsClosed,
  whyPartnershipCannotBeUsed,
} from './rules.ts'

const now = new Date('2026-12-01T09:00:00Z')

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

const facts: Answering = {
  status: 'opened',
  providerId: 'p',
  providerRegionId: 'europe',
  acceptedByOrganizationId: null,
  organizationId: 'r',
  organizationKind: 'reseller',
  party: reseller,
  isGlobalAdmin: true,
  partners: false,
}

test('S30 F32 an enrolled reseller of the same region may accept, from whichever country', () => {
  assert.equal(decideAcceptance(facts), 'accept')
  assert.equal(decideAcceptance({ ...facts, status: 'issued' }), 'accept')
})

test('F46 each wrong acceptor has its own reason', () => {
  const refused = (given: Partial<Answering>) => decideAcceptance({ ...facts, ...given })

  assert.deepEqual(refused({ organizationId: 'p', organizationKind: 'provider' }), { refuse: 'ownInvitation' })
  assert.deepEqual(refused({ organizationKind: 'customer', party: undefined }), { refuse: 'customerCannotPartner' })
  assert.deepEqual(refused({ party: { ...reseller, regionId: 'united_states' } }), { refuse: 'wrongRegion' })
  assert.deepEqual(refused({ party: { ...reseller, enrollment: null } }), { refuse: 'notEnrolledReseller' })
  assert.deepEqual(refused({ partners: true }), { refuse: 'alreadyPartners' })
})

test('S18 an organization that is not enrolled as an indirect reseller may not accept', () => {
  for (const status of ['draft', 'pending', 'rejected', 'deauthorized'] as const) {
    const party = { ...reseller, enrollment: { tier: 'indirect_reseller' as const, status } }
    assert.deepEqual(decideAcceptance({ ...facts, party }), { refuse: 'notEnrolledReseller' })
  }
  const provider = {
    ...reseller,
    kind: 'provider' as const,
    enrollment: { tier: 'indirect_provider' as const, status: 'active' as const },
  }
  assert.deepEqual(decideAcceptance({ ...facts, party: provider }), { refuse: 'notEnrolledReseller' })
})

test('F13 F20 a reseller that is verified but has not signed, or has no location, is told what is missing', () => {
  const qualified = { ...reseller, enrollment: { tier: 'indirect_reseller' as const, status: 'qualified' as const } }
  assert.deepEqual(decideAcceptance({ ...facts, party: qualified }), { refuse: 'ownAgreementMissing' })
  assert.deepEqual(decideAcceptance({ ...facts, party: { ...reseller, agreementSigned: false } }), {
    refuse: 'ownAgreementMissing',
  })
  assert.deepEqual(decideAcceptance({ ...facts, party: { ...reseller, location: null } }), {
    refuse: 'notEnrolledReseller',
  })
})

test('F38 a suspended reseller may not accept', () => {
  const suspended = { ...reseller, status: 'suspended' as const }
  assert.deepEqual(decideAcceptance({ ...facts, party: suspended }), { refuse: 'partnerSuspended' })
})

test('F44 only a global admin accepts', () => {
  assert.deepEqual(decideAcceptance({ ...facts, isGlobalAdmin: false }), { refuse: 'globalAdminNeeded' })
})

test('F47 an invitation that was used, declined, withdrawn or forgotten is closed, each in its own words', () => {
  const reasons = {
    accepted: 'invitationUsed',
    declined: 'invitationDeclined',
    revoked: 'invitationRevoked',
    expired: 'invitationExpired',
  } as const
  for (const [status, refuse] of Object.entries(reasons)) {
    assert.deepEqual(decideAcceptance({ ...facts, status: status as keyof typeof reasons }), { refuse })
    assert.equal(whyInvitationIsClosed(status as keyof typeof reasons), refuse)
  }
  assert.equal(whyInvitationIsClosed('issued'), null)
  assert.equal(whyInvitationIsClosed('opened'), null)
})

test('F47 accepting again what this organization accepted is done already', () => {
  assert.equal(
    decideAcceptance({ ...facts, status: 'accepted', acceptedByOrganizationId: 'r', partners: true }),
    'done',
  )
  assert.deepEqual(
    decideAcceptance({ ...facts, status: 'accepted', acceptedByOrganizationId: 'r', partners: false }),
    { refuse: 'invitationUsed' },
    'once the partnership ended, the link does not revive it',
  )
})

test('F47 an invitation lives thirty days and ends at that very instant', () => {
  const expiresAt = invitationEnd(now)
  assert.equal(expiresAt.toISOString(), '2026-12-31T09:00:00.000Z')
  assert.equal(invitationStatusAt({ status: 'opened', expiresAt }, new Date(expiresAt.getTime() - 1)), 'opened')
  assert.equal(invitationStatusAt({ status: 'opened', expiresAt }, expiresAt), 'expired')
  assert.equal(invitationStatusAt({ status: 'accepted', expiresAt }, expiresAt), 'accepted')
})

test('A3 F47 an expired invitation can be extended or put away, a final one nothing', () => {
  assert.equal(invitationCan('revoke', 'expired'), true)
  assert.equal(invitationCan('extend', 'expired'), true)
  assert.equal(invitationCan('copy', 'expired'), false)
  assert.equal(invitationCan('revoke', 'opened'), true)
  for (const status of ['accepted', 'declined', 'revoked'] as const) {
    for (const action of ['extend', 'copy', 'revoke'] as const) assert.equal(invitationCan(action, status), false)
  }
})

test('S56 S57 S58 S59 S60 a removal goes ahead only with the attestation in force', () => {
  assert.equal(decideRemoval({ state: 'active' }, '2026-01', '2026-01'), 'end')
  assert.deepEqual(decideRemoval({ state: 'active' }, undefined, '2026-01'), { refuse: 'attestationRequired' })
  assert.deepEqual(decideRemoval({ state: 'active' }, '2025-01', '2026-01'), { refuse: 'attestationRequired' })
})

test('S52 removing an ended partnership again changes nothing, and asks for nothing', () => {
  assert.equal(decideRemoval({ state: 'ended' }, undefined, '2026-01'), 'nothing')
})

test('S14 S41 S64 something new needs an active partnership with a reseller that may trade', () => {
  assert.equal(whyPartnershipCannotBeUsed('active', reseller, 'europe'), null)
  assert.equal(whyPartnershipCannotBeUsed(undefined, reseller, 'europe'), 'partnershipRequired')
  assert.equal(whyPartnershipCannotBeUsed('ended', reseller, 'europe'), 'partnershipRequired')
  assert.equal(
    whyPartnershipCannotBeUsed('active', { ...reseller, agreementSigned: false }, 'europe'),
    'resellerAgreementMissing',
  )
  assert.equal(whyPartnershipCannotBeUsed('active', { ...reseller, status: 'suspended' }, 'europe'), 'partnerSuspended')
})

test('S27 S28 a draft may say anything as long as its link is whole', () => {
  const link = 'https://kanal.example.com/invitation/abc_DEF-123'

  for (const text of [link, `Hello,\n\n${link}\n\nBye`, `See <${link}>.`, `(${link})`, `Open ${link}, please`]) {
    assert.equal(linkIsIntact(text, link), true, text)
  }
  for (const text of [
    '',
    'Hello',
    link.slice(0, -1),
    `${link}x`,
    `${link}?a=1`,
    link.replace('https', 'http'),
    `x${link}`,
    link.toUpperCase(),
  ]) {
    assert.equal(linkIsIntact(text, link), false, text)
  }
})

test('S28 a link that was cut, altered or deleted is put back; a whole one is left alone', () => {
  const link = 'https://kanal.example.com/invitation/abc_DEF-123'

  assert.equal(restoreLink(`Open ${link}.`, link), `Open ${link}.`)
  assert.equal(restoreLink('Open https://kanal.example.com/invitation/abc now', link), `Open ${link} now`)
  assert.equal(restoreLink('Open https://evil.example/invitation/abc_DEF-123?x=1\nBye', link), `Open ${link}\nBye`)
  assert.equal(restoreLink('Hello', link), `Hello\n\n${link}\n`)
  assert.ok(linkIsIntact(restoreLink('', link), link))
})
