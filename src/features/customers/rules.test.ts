import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkAcceptanceDay,
  checkCompany,
  checkContact,
  decideAcceptance,
  initialDomain,
  isDomainPrefix,
  isInRegion,
  isOwnCustomer,
  isPartnerEmail,
  isPhone,
  latestAcceptanceDay,
  foldDomainPrefix,
  listKeys,
  seesCompanyDetails,
  suggestDomainPrefix,
  whyNameRefused,
  whyNameUnusual,
} from './rules.ts'

const turkey = {
  code: 'TR',
  regionId: 'middle_east_cee',
  postalCodePattern: '(0[1-9]|[1-7][0-9]|8[01])[0-9]{3}',
  postalCodeExample: '34394',
  stateRequired: false,
  registrationRequired: true,
  registrationPattern: '[0-9]{10}',
  registrationExample: '1234567890',
  phoneRequired: true,
}
const states = {
  ...turkey,
  code: 'US',
  regionId: 'united_states',
  postalCodePattern: '[0-9]{5}(-[0-9]{4})?',
  stateRequired: true,
}
const company = {
  legalName: 'Işık Gıda A.Ş.',
  addressLine1: 'Barbaros Bulvarı 12',
  city: 'İstanbul',
  state: '',
  postalCode: '34349',
  registrationNumber: '4810538271',
}

test('F62 each name that cannot be a company has a message of its own', () => {
  assert.equal(whyNameRefused('   '), 'companyNameBlank')
  assert.equal(whyNameRefused('Ş'), 'companyNameOneCharacter')
  assert.equal(whyNameRefused('S\u0327'), 'companyNameOneCharacter')
  assert.equal(whyNameRefused('-- & !'), 'companyNameOnlySigns')
  for (const form of ['Ltd', 'Inc.', 'GmbH', 'LLC', 'A.Ş.', 'Ltd. Şti.', 'A. Ş.', 'ANONİM ŞİRKETİ', 'S.A.']) {
    assert.equal(whyNameRefused(form), 'companyNameOnlyLegalForm', form)
  }
  for (const name of ['Işık Gıda A.Ş.', '3M', 'Co Op Inc', 'İş', '株式会社'])
    assert.equal(whyNameRefused(name), undefined, name)
})

test('F63 a name that looks like a slip is asked about, each kind with its own question', () => {
  assert.equal(whyNameUnusual('kaya.com'), 'companyNameLikeDomain')
  assert.equal(whyNameUnusual('Kaya Gida.com.tr'), 'companyNameLikeDomain')
  assert.equal(whyNameUnusual('aaa'), 'companyNameRepeated')
  assert.equal(whyNameUnusual('AAaa'), 'companyNameRepeated')
  assert.equal(whyNameUnusual('A B C'), 'companyNameSpaced')
  for (const name of ['Kaya Gıda Ltd.Sti', 'Acme Inc.', 'aa', 'aab', '3M', 'Kaya'])
    assert.equal(whyNameUnusual(name), undefined, name)
})

test('F64 a domain prefix is ASCII letters and digits, at most 27, folded without Turkish casing', () => {
  assert.equal(foldDomainPrefix(' ISIKgida '), 'isikgida')
  assert.equal(isDomainPrefix('a'.repeat(27)), true)
  for (const prefix of ['', 'a'.repeat(28), 'ışık', 'a-b', 'a.b', 'a b', 'İ'.toLowerCase()]) {
    assert.equal(isDomainPrefix(prefix), false, prefix)
  }
  assert.equal(initialDomain('Kaya'), 'kaya.onkanal.example')
  assert.equal(suggestDomainPrefix('Işık Gıda Sanayi A.Ş.'), 'isikgidasanayi')
  assert.equal(suggestDomainPrefix('Kaya & Oğulları Çok Uzun İsimli Ticaret Ltd. Şti.').length <= 27, true)
})

test('F65 F67 F23 an address and a registration number follow the country: missing and malformed are two answers', () => {
  assert.deepEqual(checkCompany(company, turkey), [])
  assert.deepEqual(checkCompany({ ...company, registrationNumber: ' ' }, turkey), [
    { field: 'company.registrationNumber', rule: 'registrationIdMissing' },
  ])
  assert.deepEqual(checkCompany({ ...company, registrationNumber: '12' }, turkey), [
    { field: 'company.registrationNumber', rule: 'registrationIdFormat', params: { format: '1234567890' } },
  ])
  assert.deepEqual(checkCompany({ ...company, postalCode: '3434' }, turkey), [
    { field: 'company.postalCode', rule: 'postalCodeFormat', params: { format: '34394' } },
  ])
  assert.deepEqual(checkCompany({ ...company, postalCode: '34349x' }, turkey).length, 1)
  assert.deepEqual(
    checkCompany({ ...company, postalCode: '98052' }, states).map(({ rule }) => rule),
    ['stateRequired'],
  )
  assert.deepEqual(checkCompany({ ...company, registrationNumber: '' }, { ...turkey, registrationRequired: false }), [])
})

test('F68 F67 a phone number is asked for only where the country asks, and must be one', () => {
  const contact = { email: 'ayse@isik.example', phone: '' }
  assert.deepEqual(checkContact(contact, { phoneRequired: false }, []), [])
  assert.deepEqual(checkContact(contact, { phoneRequired: true }, []), [{ field: 'contact.phone', rule: 'required' }])
  assert.deepEqual(checkContact({ ...contact, phone: 'call me' }, turkey, []), [
    { field: 'contact.phone', rule: 'phone' },
  ])
  for (const phone of ['+90 (212) 555-0101', '5550101', '0212/555.01.01']) assert.equal(isPhone(phone), true, phone)
  for (const phone of ['12+345', '+', '123', '1'.repeat(21)]) assert.equal(isPhone(phone), false, phone)
})

test('F69 a customer may not use an address of its partners or of the vendor, also not below their domain', () => {
  const partners = ['reseller.example', null]
  assert.equal(isPartnerEmail('x@reseller.example', partners), true)
  assert.equal(isPartnerEmail('x@RESELLER.example', partners), true)
  assert.equal(isPartnerEmail('x@mail.reseller.example', partners), true)
  assert.equal(isPartnerEmail('x@notreseller.example', partners), false)
})

test('F36 a company is not its own customer: neither by domain nor by registration number in its country', () => {
  const partner = { country: 'TR', emailDomain: 'reseller.example', registrationNumber: '481-053-8271' }
  const customer = { country: 'TR', domain: 'x.onkanal.example', registrationNumber: '4810538271' }
  assert.equal(isOwnCustomer(customer, [partner]), true)
  assert.equal(isOwnCustomer({ ...customer, country: 'DE' }, [partner]), false)
  assert.equal(isOwnCustomer({ ...customer, registrationNumber: '' }, [{ ...partner, registrationNumber: '' }]), false)
  assert.equal(isOwnCustomer({ ...customer, domain: 'reseller.example', registrationNumber: '' }, [partner]), true)
})

test('F31 S8 another country of the region may be sold to, one outside may not', () => {
  assert.equal(isInRegion({ regionId: 'europe' }, 'europe'), true)
  assert.equal(isInRegion({ regionId: 'united_states' }, 'europe'), false)
  assert.equal(isInRegion({ regionId: 'unsupported' }, 'unsupported'), false)
})

test("F76 the acceptance day is at most today, in UTC or in the acceptor's own zone", () => {
  const at = new Date('2026-12-01T22:30:00Z')
  assert.equal(latestAcceptanceDay(at), '2026-12-01')
  assert.equal(latestAcceptanceDay(at, 'Europe/Istanbul'), '2026-12-02')
  assert.equal(latestAcceptanceDay(at, 'America/New_York'), '2026-12-01')
  assert.equal(latestAcceptanceDay(at, 'Nowhere/Land'), '2026-12-01')
  assert.equal(checkAcceptanceDay('2026-12-02', at), 'dateFuture')
  assert.equal(checkAcceptanceDay('2026-12-02', at, 'Europe/Istanbul'), undefined)
  assert.equal(checkAcceptanceDay('2026-12-03', at, 'Europe/Istanbul'), 'dateFuture')
  assert.equal(checkAcceptanceDay('1926-12-01', at), 'dateTooEarly')
})

test('F84 a relationship alone does not show the company; having made the customer, or live privileges, does', () => {
  assert.equal(seesCompanyDetails({ via: 'invited', livePrivileges: false }), false)
  assert.equal(seesCompanyDetails({ via: 'invited', livePrivileges: true }), true)
  assert.equal(seesCompanyDetails({ via: 'created', livePrivileges: false }), true)
})

test('F82 F85 F87 a request is accepted by the global admin of a customer in the region, once', () => {
  const facts = {
    status: 'opened',
    organizationId: 'c1',
    organizationKind: 'customer',
    isGlobalAdmin: true,
    acceptedBy: null,
    inRegion: true,
    isPartner: false,
    hasAll: false,
  } as const
  assert.equal(decideAcceptance(facts), 'accept')
  assert.deepEqual(decideAcceptance({ ...facts, organizationKind: 'provider' }), { refuse: 'customerAccountNeeded' })
  assert.deepEqual(decideAcceptance({ ...facts, isGlobalAdmin: false }), { refuse: 'globalAdminNeeded' })
  assert.deepEqual(decideAcceptance({ ...facts, inRegion: false }), { refuse: 'customerOutsideRegion' })
  assert.deepEqual(decideAcceptance({ ...facts, isPartner: true }), { refuse: 'ownCustomer' })
  assert.deepEqual(decideAcceptance({ ...facts, hasAll: true }), { refuse: 'relationshipExists' })
  assert.deepEqual(decideAcceptance({ ...facts, status: 'expired' }), { refuse: 'invitationExpired' })
  assert.deepEqual(decideAcceptance({ ...facts, status: 'revoked' }), { refuse: 'invitationRevoked' })
  assert.deepEqual(decideAcceptance({ ...facts, status: 'declined' }), { refuse: 'invitationDeclined' })
  assert.deepEqual(decideAcceptance({ ...facts, status: 'accepted', acceptedBy: 'c2' }), { refuse: 'invitationUsed' })
  assert.equal(decideAcceptance({ ...facts, status: 'accepted', acceptedBy: 'c1' }), 'done')
})

test('S96 a list finds a customer by name without Turkish letters, and by its domain', () => {
  const { searchKey } = listKeys({ legalName: 'IŞIK Gıda', primaryDomain: 'isik.onkanal.example' })
  assert.equal(searchKey, 'isik gida isik.onkanal.example')
})
