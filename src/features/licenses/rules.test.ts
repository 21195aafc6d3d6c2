import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OrganizationKind, permissionsOf, type Role } from '../../kernel/permissions.ts'
import { dayMs } from '../../kernel/time.ts'
import { decideLicenses } from './decide-licenses.ts'
import { availableOf, type PeopleAct, type Reach, whyNot, whyNotLogin, whyNotRestore } from './rules.ts'
import type { Holder, Holding } from './store.ts'

function reach(kind: OrganizationKind, role: Role, privileges: readonly string[], isPartner = true): Reach {
  return { kind, roles: [role], permissions: permissionsOf(kind, [role]), privileges, isPartner }
}

const usual = ['directory_reader', 'user_admin', 'license_admin', 'helpdesk_admin']

test('A52 A53 A54 A55 A56 A57 each act takes the role of the table and a privilege that covers it', () => {
  const acts: readonly PeopleAct[] = [
    'read',
    'manage',
    'resetPassword',
    'resetAdminPassword',
    'upload',
    'assignLicenses',
  ]
  const open = (role: Role, privileges: readonly string[]) =>
    acts.filter((act) => whyNot(act, reach('provider', role, privileges)) === null)
  const all = [...usual, 'privileged_authentication_admin']

  assert.deepEqual(open('global_admin', all), ['upload', 'assignLicenses'])
  assert.deepEqual(open('user_management_admin', all), ['read', 'assignLicenses'])
  assert.deepEqual(open('admin_agent', all), acts)
  assert.deepEqual(open('sales_agent', all), ['read', 'assignLicenses'])
  assert.deepEqual(open('helpdesk_agent', all), ['read', 'resetPassword', 'assignLicenses'])
  assert.deepEqual(open('billing_admin', all), [])
  assert.deepEqual(
    open('admin_agent', usual),
    acts.filter((act) => act !== 'resetAdminPassword'),
  )
  assert.deepEqual(open('admin_agent', ['directory_reader']), ['read'])
  assert.deepEqual(open('admin_agent', ['license_admin']), ['read', 'assignLicenses'])
  assert.deepEqual(open('admin_agent', []), [])
})

test('B19 B24 a reseller needs its own privilege, and after the partnership only its admin and helpdesk agents use it', () => {
  assert.equal(whyNot('read', reach('reseller', 'global_admin', [])), 'noDelegatedAccess')
  assert.equal(whyNot('manage', reach('reseller', 'sales_agent', ['directory_reader'])), 'privilegeMissing')
  assert.equal(whyNot('manage', reach('reseller', 'sales_agent', usual)), null)
  assert.equal(whyNot('manage', reach('reseller', 'sales_agent', usual, false)), 'partnershipRequired')
  assert.equal(whyNot('resetPassword', reach('reseller', 'helpdesk_agent', usual, false)), null)
  assert.equal(whyNot('read', reach('reseller', 'billing_admin', usual)), 'accessDenied')
})

test('C6 the customer’s own global admin needs no privilege, its other people may nothing', () => {
  assert.equal(whyNot('resetAdminPassword', reach('customer', 'global_admin', [])), null)
  assert.equal(whyNot('read', reach('customer', 'billing_contact', [])), 'accessDenied')
  assert.equal(whyNot('read', reach('customer', 'user', [])), 'accessDenied')
})

test('F191 a sign-in name is one at the customer’s domains, compared by ASCII rules whatever the language', () => {
  const domains = ['isik.onkanal.example']

  assert.equal(whyNotLogin('ISIL.ILGIN@ISIK.ONKANAL.EXAMPLE', domains), null)
  assert.equal(whyNotLogin('İSİL@isik.onkanal.example', domains), 'email')
  assert.equal(whyNotLogin('ışıl@isik.onkanal.example', domains), 'email')
  assert.equal(whyNotLogin('isil@IŞIK.onkanal.example', domains), 'email')
  assert.equal(whyNotLogin('isil@other.example', domains), 'customerDomain')
  assert.equal(whyNotLogin('isil@sub.isik.onkanal.example', domains), 'customerDomain')
  assert.equal(whyNotLogin('a!b@isik.onkanal.example', domains), 'username')
})

test('F184 a deleted user can be restored through the thirtieth day, an administrator only by an administrator of its own', () => {
  const deletedAt = new Date('2026-12-01T09:00:00Z')
  const after = (ms: number) => new Date(deletedAt.getTime() + ms)
  const self = { id: 'a', roles: ['global_admin'] as const }
  const plain = { deletedAt, roles: ['user'] as const }

  assert.equal(whyNotRestore('provider', { id: 'a', roles: ['admin_agent'] }, plain, after(30 * dayMs)), undefined)
  assert.deepEqual(whyNotRestore('customer', self, plain, after(30 * dayMs + 1)), { refuse: 'restoreTooLate' })
  const admin = { deletedAt, roles: ['global_admin'] as const }
  assert.equal(whyNotRestore('customer', self, admin, after(0)), undefined)
  assert.deepEqual(whyNotRestore('provider', self, admin, after(0)), { refuse: 'globalAdminNeeded' })
})

test('F186 F187 F188 F189 people get licenses in their order until none is left; the others are refused one by one', () => {
  const sku = { productId: 'P', skuId: '0001' }
  const person = (id: string, usageLocation: string | null = 'TR') => ({ id, name: id, usageLocation }) as Holder
  const want = (more: object) => [{ ...sku, title: 'Product', assigned: undefined, plansOn: [], plansOff: [], ...more }]
  const pools = new Map([['P/0001', { owned: 3, assigned: 1 }]])
  const held = [{ ...sku, userId: 'd', offPlans: ['mail'] }] as unknown as Holding[]
  const people = [person('a'), person('b', null), person('c'), person('d'), person('e')]

  const given = decideLicenses(people, want({ assigned: true, plansOff: ['chat'] }), held, pools)
  assert.deepEqual(
    given.map(({ person: { id }, give, change, problems }) => [
      id,
      give.length,
      change[0]?.offPlans,
      problems[0]?.reason,
    ]),
    [
      ['a', 1, undefined, undefined],
      ['b', 0, undefined, 'usageLocationMissing'],
      ['c', 1, undefined, undefined],
      ['d', 0, ['chat', 'mail'], undefined],
      ['e', 0, undefined, 'noLicenses'],
    ],
  )
  const switched = decideLicenses(people, want({ plansOn: ['mail'] }), held, pools)
  assert.deepEqual(
    switched.map(({ give, change }) => [give.length, change.length]),
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ],
  )
  const taken = decideLicenses(people, want({ assigned: false }), held, pools)
  assert.deepEqual(
    taken.map(({ take }) => take.length),
    [0, 0, 0, 1, 0],
  )
})

test('a suspension that leaves more assigned than can be used makes nothing available, and not less than nothing', () => {
  assert.equal(availableOf({ owned: 0, assigned: 4 }), 0)
  assert.equal(availableOf({ owned: 5, assigned: 4 }), 1)
})
