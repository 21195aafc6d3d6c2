import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type OrganizationKind,
  type Permission,
  permissions,
  permissionsOf,
  rolesHolding,
  rolesOf,
} from './permissions.ts'

const document = readFileSync(join(import.meta.dirname, '../../docs/product/roles.md'), 'utf8')
const kinds: Readonly<Record<string, OrganizationKind>> = {
  'Indirect provider': 'provider',
  'Indirect reseller': 'reseller',
  Customer: 'customer',
  'Platform operator': 'operator',
}

/** What the document says: for each kind and permission, a mark for each role in the order of `rolesOf`. */
function documented(): Map<string, boolean[]> {
  const found = new Map<string, boolean[]>()
  for (const section of document.split('\n## ').slice(1)) {
    const kind = Object.entries(kinds).find(([title]) => section.startsWith(title))?.[1]
    if (!kind) continue
    for (const [, permission = '', cells = ''] of section.matchAll(/^\| [^|]+ \| [^|]+ \| `([\w.]+)` \| (.+) \|$/gm)) {
      const marks = cells.split(' | ')
      assert.ok(
        marks.every((mark) => mark === '✔' || mark === '–'),
        `${permission}: ${cells}`,
      )
      found.set(
        `${kind} ${permission}`,
        marks.map((mark) => mark === '✔'),
      )
    }
  }
  return found
}

test('S1 S2 the document of roles and the table that decides say the same, for every kind, permission and role', () => {
  const said = documented()

  for (const kind of Object.keys(rolesOf) as OrganizationKind[]) {
    for (const permission of permissions) {
      const held = rolesOf[kind].map((role) => rolesHolding(permission, kind).includes(role))
      const none = held.every((one) => !one)
      assert.deepEqual(said.get(`${kind} ${permission}`), none ? undefined : held, `${permission} of a ${kind}`)
      said.delete(`${kind} ${permission}`)
    }
  }
  assert.deepEqual([...said.keys()], [], 'lines of docs/product/roles.md without a permission')
})

test('S1 each of the four roles holds all that the provider’s flows need, and Helpdesk agent none of what changes them', () => {
  const flows: readonly Permission[] = [
    'partnerships.read',
    'partnerships.request',
    'partnerships.remove',
    'customers.read',
    'customers.add',
    'customers.associate_reseller',
    'catalog.read',
    'prices.read',
    'orders.submit',
    'subscriptions.read',
    'subscriptions.set_reseller',
    'subscriptions.set_support_contact',
    'subscriptions.increase',
    'subscriptions.upgrade',
  ]

  for (const role of ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'] as const) {
    const held = permissionsOf('provider', [role])
    assert.deepEqual(
      flows.filter((permission) => !held.has(permission)),
      [],
      role,
    )
  }
  const helpdesk = permissionsOf('provider', ['helpdesk_agent'])
  for (const refused of ['partnerships.request', 'orders.submit', 'partnerships.remove'] as const)
    assert.ok(!helpdesk.has(refused))
  assert.equal(permissionsOf('provider', []).size, 0)
})
