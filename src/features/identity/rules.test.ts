import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../../kernel/permissions.ts'
import { temporaryPassword } from './passwords.ts'
import {
  assignableRoles,
  emailPattern,
  foldLogin,
  usernamePattern,
  whyNotChangeCredentials,
  whyNotCreate,
  whyNotSetRoles,
  whyNotShutOut,
  whyPasswordIsWeak,
} from './rules.ts'

const admin = { id: 'admin', roles: ['global_admin'] as Role[] }
const userManager = { id: 'um', roles: ['user_management_admin'] as Role[] }
const accountAdmin = { id: 'ac', roles: ['account_admin'] as Role[] }
const agent = { id: 'agent', roles: ['sales_agent'] as Role[], isLastGoverning: false }

test('F180 A70 A71 A72 each administrator gives the roles of its own field only', () => {
  assert.deepEqual(assignableRoles('provider', userManager.roles), [
    'admin_agent',
    'sales_agent',
    'helpdesk_agent',
    'billing_admin',
  ])
  assert.deepEqual(assignableRoles('provider', accountAdmin.roles), ['account_admin', 'mpn_partner_admin'])
  assert.equal(assignableRoles('provider', admin.roles).length, 8)
  assert.deepEqual(assignableRoles('customer', admin.roles), ['global_admin', 'billing_contact', 'user'])
  assert.deepEqual(assignableRoles('operator', ['platform_operator']), ['platform_operator'])
  assert.deepEqual(assignableRoles('provider', agent.roles), [])
})

test('A71 a user management admin makes no global admin, and F180 may make a user without roles', () => {
  assert.deepEqual(whyNotCreate('provider', userManager, ['global_admin', 'sales_agent']), {
    refuse: 'roleNotAssignable',
    roles: ['global_admin'],
  })
  assert.equal(whyNotCreate('provider', userManager, []), undefined)
})

test('only a changed role must be assignable: what stays is nobody’s question', () => {
  const both = { ...agent, roles: ['sales_agent', 'account_admin'] as Role[] }

  assert.equal(whyNotSetRoles('provider', userManager, both, ['helpdesk_agent', 'account_admin']), undefined)
  assert.deepEqual(whyNotSetRoles('provider', userManager, both, ['sales_agent']), {
    refuse: 'roleNotAssignable',
    roles: ['account_admin'],
  })
})

test('F182 only a global admin changes a global admin', () => {
  const other = { id: 'other', roles: ['global_admin', 'sales_agent'] as Role[], isLastGoverning: false }

  assert.deepEqual(whyNotSetRoles('provider', userManager, other, ['global_admin']), { refuse: 'globalAdminNeeded' })
  assert.deepEqual(whyNotChangeCredentials('provider', userManager, other), { refuse: 'globalAdminNeeded' })
  assert.deepEqual(whyNotShutOut('provider', userManager, other), { refuse: 'globalAdminNeeded' })
  assert.equal(whyNotChangeCredentials('provider', admin, other), undefined)
})

test('F181 the last global admin keeps the role, and is neither blocked nor deleted', () => {
  const last = { ...admin, isLastGoverning: true }

  assert.deepEqual(whyNotSetRoles('provider', admin, last, []), { refuse: 'lastGlobalAdmin' })
  assert.deepEqual(whyNotShutOut('provider', { id: 'other', roles: ['global_admin'] }, last), {
    refuse: 'lastGlobalAdmin',
  })
  assert.equal(whyNotSetRoles('provider', admin, last, ['global_admin', 'sales_agent']), undefined)
})

test('nobody locks itself out, even when another global admin remains', () => {
  const self = { ...admin, isLastGoverning: false }

  assert.deepEqual(whyNotSetRoles('provider', admin, self, ['sales_agent']), { refuse: 'ownAccess' })
  assert.deepEqual(whyNotShutOut('provider', admin, self), { refuse: 'ownAccess' })
})

const owner = {
  name: 'Ayşe Yılmaz',
  username: 'ayse.y@anadolu.example',
  email: 'ayse@mail.example',
  organizationName: 'Anadolu Dağıtım',
}

for (const [password, why] of Object.entries({
  'kısa parola': 'passwordTooShort',
  'Password12345!': 'passwordTooCommon',
  'P@ssw0rd2026!!': 'passwordTooCommon',
  '123456789012': 'passwordTooCommon',
  abcdefghijklmno: 'passwordTooCommon',
  aaaaaaaaaaaaaa: 'passwordTooCommon',
  Galatasaray1905: 'passwordTooCommon',
  qwertyuiop2026: 'passwordTooCommon',
  'benim YILMAZ parolam': 'passwordOwnName',
  'anadolu-bulut-satar': 'passwordOwnName',
  [`x${'y'.repeat(128)}`]: 'tooLong',
})) {
  test(`the password ${password.slice(0, 20)} is refused: ${why}`, () => {
    assert.equal(whyPasswordIsWeak(password, owner), why)
  })
}

test('a sentence of plain words is a good password, in any alphabet', () => {
  assert.equal(whyPasswordIsWeak('correct horse battery staple', owner), undefined)
  assert.equal(whyPasswordIsWeak('dört küçük yeşil çay', owner), undefined)
})

test('a temporary password is good by the rules for passwords, and no two are alike', () => {
  const made = Array.from({ length: 200 }, () => temporaryPassword())

  assert.equal(new Set(made).size, made.length)
  for (const password of made) {
    assert.match(password, /^[2-9b-df-hj-km-np-tv-xz]{5}(-[2-9b-df-hj-km-np-tv-xz]{5}){3}$/)
    assert.equal(whyPasswordIsWeak(password, owner), undefined)
  }
})

test('logins are folded by ASCII rules: a Turkish I is no i', () => {
  assert.equal(foldLogin(' Ayse.Y@Anadolu.Example '), 'ayse.y@anadolu.example')
  assert.ok(!usernamePattern.test(foldLogin('ILKER\u0130')))
  assert.ok(usernamePattern.test(foldLogin('ILKER')))
  assert.ok(emailPattern.test('info@anadolu.com.tr'))
  assert.ok(!emailPattern.test('info@anadolu'))
  assert.ok(!emailPattern.test('bilgi@dağıtım.com'))
})
