import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenCustomer } from '../src/features/customers/test-customers.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenOperator, givenProvider, givenReseller } from '../src/features/program/test-organizations.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type Look, type PortalWorld } from './portal-world.ts'

const menuName = { en: 'Main menu', tr: 'Ana menü' }
const notFound = { en: 'Not found', tr: 'Bulunamadı' }
const denied = { en: 'Access denied', tr: 'Erişim reddedildi' }

/** Goes to every page of a person's menu: it opens, it is the page it says it is, and axe finds nothing serious. */
async function walk(portal: PortalWorld, as: TestUser, look: Look & { language: 'en' | 'tr' }): Promise<string[]> {
  const page = await portal.open('/', { ...look, as })
  const narrow = (look.width ?? 1440) <= 1024
  const menu = page.getByRole('navigation', { name: menuName[look.language] })
  const openMenu = async () => {
    if (narrow)
      await page.getByRole('button', { name: { en: 'Open the menu', tr: 'Menüyü aç' }[look.language] }).click()
    await menu.waitFor()
  }
  await openMenu()
  const names = await menu.getByRole('link').allInnerTexts()
  for (const name of names) {
    if (!(await menu.isVisible())) await openMenu()
    await menu.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    const title = await page.getByRole('heading', { level: 1 }).first().innerText()
    assert.ok(title !== notFound[look.language] && title !== denied[look.language], `${name}: ${title}`)
    assert.match(await page.title(), / · Kanal$/)
    await assertAccessible(page)
  }
  return names
}

test('S7 S17 S95 every page of the menu opens for a provider, and an empty one says what to do', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { organizationId } = await givenProvider(deps)
  const admin = await givenUser(deps, {
    organizationId,
    kind: 'provider',
    roles: ['global_admin', 'admin_agent', 'billing_admin'],
  })

  const names = await walk(portal, admin, { language: 'en' })
  for (const name of ['Home', 'Our public profile', 'Indirect resellers', 'Customers', 'Orders', 'Catalog']) {
    assert.ok(names.includes(name), name)
  }
  await walk(portal, { ...admin }, { language: 'en', width: 390, theme: 'dark' })
})

test('S7 S17 S95 every page of the menu opens for a reseller, in Turkish and on a phone', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  await givenCustomer(deps, provider, { reseller: { organizationId: reseller.organizationId, partnershipId } })
  const admin = await givenUser(deps, {
    organizationId: reseller.organizationId,
    kind: 'reseller',
    roles: ['global_admin', 'admin_agent'],
    locale: 'tr',
  })

  const names = await walk(portal, admin, { language: 'tr', width: 390 })
  assert.ok(names.includes('Dolaylı sağlayıcılar'))
  await walk(portal, admin, { language: 'tr', theme: 'dark' })
})

test('every page of the menu opens for a customer and for the operator', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const provider = await givenProvider(deps)
  const { customerId } = await givenCustomer(deps, provider)
  const customer = await givenUser(deps, {
    organizationId: customerId,
    kind: 'customer',
    roles: ['global_admin'],
    locale: 'tr',
  })
  const { organizationId } = await givenOperator(deps)
  const operator = await givenUser(deps, { organizationId, kind: 'operator', roles: ['platform_operator'] })

  assert.ok((await walk(portal, customer, { language: 'tr', width: 820 })).includes('Aboneliklerim'))
  assert.ok((await walk(portal, operator, { language: 'en' })).includes('Catalog import'))
})
