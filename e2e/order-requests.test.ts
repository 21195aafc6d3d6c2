import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder } from '../src/features/orders/test-orders.ts'
import { provision } from '../src/features/subscriptions/test-subscriptions.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

test('B15 A24 a reseller asks in Turkish for subscriptions, its provider accepts them in English into an order', async () => {
  await using portal = await portalWorld({ now: new Date('2026-11-20T09:00:00Z') })
  const { deps } = portal.world
  const market = await givenMarket(portal.world)
  const asker = await givenUser(deps, {
    organizationId: market.reseller.organizationId,
    kind: 'reseller',
    roles: ['sales_agent'],
    name: 'Rana Bayi',
  })
  await sql`update users set locale = 'tr' where id = ${asker.userId}`.execute(deps.db)
  await sql`update users set locale = 'en' where id = ${market.agent.userId}`.execute(deps.db)
  await givenOffer(deps, { title: 'Business Standard', cost: '71.234567', retail: '100.25' })
  const { customerId, name } = market.customer

  const reseller = await portal.open(`/customers/${customerId}/subscriptions`, { language: 'tr', as: asker })
  await reseller
    .getByRole('button', { name: 'Sipariş talep et' })
    .or(reseller.getByRole('link', { name: 'Sipariş talep et' }))
    .first()
    .click()
  await reseller.getByRole('button', { name: 'Business Standard ekle' }).click()
  await reseller.getByLabel('Lisans sayısı').fill('7')
  await assertAccessible(reseller)
  await reseller.getByRole('button', { name: 'İleri: Talep hakkında' }).click()
  await reseller.getByLabel('İstenen gün').fill('2026-12-15')
  await reseller.getByLabel('Sağlayıcıya not').fill('Yeni şube için')
  await assertAccessible(reseller)
  await reseller.getByRole('button', { name: 'Talebi gönder' }).click()
  await reseller.getByRole('heading', { name: `${name} için sipariş talebi`, level: 1 }).waitFor()
  await reseller.getByText('Gönderildi').first().waitFor()
  await assertAccessible(reseller)

  const provider = await portal.open('/order-requests', { language: 'en', as: market.agent })
  await assertAccessible(provider)
  await provider.getByRole('link', { name }).click()
  await provider.getByRole('heading', { name: `Order request for ${name}`, level: 1 }).waitFor()
  await provider
    .getByRole('button', { name: 'Accept into an order' })
    .or(provider.getByRole('link', { name: 'Accept into an order' }))
    .first()
    .click()
  await provider.getByRole('heading', { name: 'Accept order request', level: 1 }).waitFor()
  await provider.getByLabel(/^I confirm that we act as an indirect partner/).check()
  assert.match((await provider.locator('[data-test="order-total"]').textContent()) ?? '', /701\.75/)
  await assertAccessible(provider)
  await provider.getByRole('button', { name: 'Submit' }).click()
  await provider.getByRole('heading', { name: `Order request for ${name}`, level: 1 }).waitFor()
  await provider.getByText('Accepted', { exact: true }).waitFor()

  await reseller.goto(`${portal.url}/order-requests?state=accepted`)
  await reseller.getByRole('row').getByText('Kabul edildi').waitFor()
  const { rows } = await sql<{ quantity: number; partnerId: string }>`
    select quantity, reseller_partner_id as "partnerId" from order_lines`.execute(deps.db)
  assert.deepEqual(rows, [{ quantity: 7, partnerId: market.reseller.partnerId }])
})

test('B14 a reseller asks for more licenses, and the provider declines on a phone with a reason', async () => {
  await using portal = await portalWorld({ now: new Date('2026-11-20T09:00:00Z') })
  const { deps } = portal.world
  const market = await givenMarket(portal.world)
  const asker = await givenUser(deps, {
    organizationId: market.reseller.organizationId,
    kind: 'reseller',
    roles: ['admin_agent'],
    name: 'Rana Bayi',
  })
  const offer = await givenOffer(deps, { title: 'Business Standard' })
  const [id = ''] = await givenOrder(deps, market, [offer.line(10, market.reseller.partnerId)])
  await provision(deps)

  const path = `/customers/${market.customer.customerId}/subscriptions/${id}`
  const reseller = await portal.open(path, { width: 1440, theme: 'dark', as: asker })
  await reseller.getByRole('button', { name: 'Request another number of licenses' }).click()
  const dialog = reseller.getByRole('dialog')
  await dialog.getByLabel('Number of licenses').fill('15')
  await assertAccessible(reseller)
  await dialog.getByRole('button', { name: 'Send request' }).click()
  await reseller.getByText('10 → 15').waitFor()

  const provider = await portal.open('/order-requests', { width: 390, as: market.agent })
  await provider.getByRole('link', { name: market.customer.name }).click()
  await provider.getByText('10 → 15').waitFor()
  await provider.getByRole('button', { name: 'More actions' }).click()
  await provider.getByRole('menuitem', { name: 'Decline' }).click()
  const question = provider.getByRole('alertdialog')
  await question.getByLabel('Reason').fill('The contract ends soon.')
  await question.getByRole('button', { name: 'Decline' }).click()
  await provider.getByText('The contract ends soon.').waitFor()
})
