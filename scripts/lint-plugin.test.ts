import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintAbout } from './lint-plugin.mjs'

const allowed: readonly (readonly [from: string, to: string, typeOnly?: boolean])[] = [
  ['kernel/ids.ts', 'kernel/errors.ts'],
  ['platform/serve.ts', 'kernel/errors.ts'],
  ['platform/serve.ts', 'fastify'],
  ['platform/test-world.ts', 'app.ts'],
  ['features/orders/rules.ts', 'features/catalog/rules.ts'],
  ['features/orders/submit-order.ts', 'features/customers/queries.ts'],
  ['features/orders/submit-order.ts', 'features/orders/store.ts'],
  ['features/orders/wire.ts', 'zod'],
  ['features/orders/wire.ts', 'features/orders/queries.ts', true],
  ['features/program/x.test.ts', 'features/orders/test-orders.ts'],
  ['web/pages/x.tsx', 'features/orders/rules.ts'],
  ['web/pages/x.tsx', 'strings/en/orders.json'],
  ['web/pages/x.tsx', 'react'],
  ['cli/serve.ts', 'server.ts'],
  ['app.ts', 'features/orders/routes.ts'],
]

const refused: readonly (readonly [from: string, to: string, typeOnly?: boolean])[] = [
  ['kernel/ids.ts', 'platform/serve.ts', true],
  ['kernel/ids.ts', 'zod'],
  ['kernel/ids.ts', 'node:crypto'],
  ['platform/serve.ts', 'features/identity/authenticate.ts'],
  ['platform/serve.ts', 'app.ts'],
  ['features/orders/submit-order.ts', 'features/customers/store.ts'],
  ['features/orders/submit-order.test.ts', 'features/customers/store.ts'],
  ['features/customers/queries.ts', 'features/orders/queries.ts'],
  ['features/orders/submit-order.ts', 'fastify'],
  ['features/orders/submit-order.ts', 'server.ts'],
  ['features/orders/submit-order.ts', 'platform/test-world.ts'],
  ['features/orders/rules.ts', 'features/orders/store.ts', true],
  ['features/orders/rules.ts', 'kysely', true],
  ['features/orders/wire.ts', 'features/orders/queries.ts'],
  ['features/gifts/give.ts', 'features/orders/queries.ts'],
  ['web/pages/x.tsx', 'features/orders/queries.ts', true],
  ['web/pages/x.tsx', 'platform/serve.ts'],
  ['web/pages/x.tsx', 'node:path'],
  ['web/pages/x.tsx', 'kysely', true],
]

for (const [from, to, typeOnly = false] of allowed) {
  test(`${from} may import ${to}`, () => assert.equal(complaintAbout(from, to, typeOnly), undefined))
}

for (const [from, to, typeOnly = false] of refused) {
  test(`${from} may not import ${to}`, () => assert.notEqual(complaintAbout(from, to, typeOnly), undefined))
}
