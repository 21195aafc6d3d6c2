import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenOrganization } from '../src/features/identity/test-organizations.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

async function givenSalesAgent({ world: { deps } }: PortalWorld): Promise<TestUser> {
  const organizationId = await givenOrganization(deps)
  return await givenUser(deps, { organizationId, kind: 'provider', roles: ['sales_agent'] })
}

test('signing in leads to the page one was going to; a wrong password says so and keeps the name', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile')

  await page.getByLabel('User name or email address').fill(user.username)
  await page.getByLabel('Password').fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('The user name or the password is not right').waitFor()
  assert.equal(await page.getByLabel('User name or email address').inputValue(), user.username)
  await assertAccessible(page)

  await portal.signIn(page, user)
  await page.getByRole('heading', { name: 'My profile' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/my-profile')
})

test('an address of another site is not followed after signing in', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/sign-in?to=//evil.example/x')

  await portal.signIn(page, user)
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor()

  assert.equal(new URL(page.url()).pathname, '/')
})

test('S110 the language switch changes the whole page and stays with the account', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile', { as: user })

  await page.getByRole('button', { name: 'Language' }).click()
  const kept = page.waitForResponse((response) => response.url().endsWith('/portal/v1/me/locale'))
  await page.getByRole('menuitemradio', { name: 'Türkçe' }).click()
  assert.equal((await kept).status(), 204)
  await page.getByRole('heading', { name: 'Profilim' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'tr')

  const elsewhere = await portal.open('/my-profile', { as: user })
  await elsewhere.getByRole('heading', { name: 'Profilim' }).waitFor()
})

test('my profile is accessible in every theme and on a phone', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)

  for (const look of [{ width: 1440 }, { theme: 'dark', width: 1440 }, { width: 390 }] as const) {
    const page = await portal.open('/my-profile', { as: user, ...look })
    await page.getByRole('heading', { name: 'My profile' }).waitFor()
    await assertAccessible(page)
  }
})

test('a session that ends while one works leads to sign-in and back to the same page', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile', { as: user })
  await page.getByRole('heading', { name: 'My profile' }).waitFor()
  await portal.world.deps.db.deleteFrom('sessions').execute()

  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByText('Your session has ended').waitFor()
  await portal.signIn(page, user)

  await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
})

test('the keyboard alone is enough: skip link, search by slash, menu of the account', async () => {
  await using portal = await portalWorld()
  const page = await portal.open('/my-profile', { as: await givenSalesAgent(portal) })
  await page.getByRole('heading', { name: 'My profile' }).waitFor()

  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement?.textContent'), 'Skip to the content')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.activeElement?.id'), 'main')

  await page.keyboard.press('/')
  // The field loads its list of results when it is first used; a person's next key comes later than a program's.
  await page.waitForFunction('document.activeElement?.tagName === "INPUT"')
  await page.keyboard.type('zz')
  await page.getByText('Nothing matches “zz”.').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Account of/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  await assertAccessible(page)
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})
