import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from '../src/features/identity/test-codes.ts'
import { givenOrganization } from '../src/features/identity/test-organizations.ts'
import { givenUser, testPassword, type TestUser } from '../src/features/identity/test-users.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

async function givenSalesAgent({ world: { deps } }: PortalWorld): Promise<TestUser> {
  const organizationId = await givenOrganization(deps)
  return await givenUser(deps, { organizationId, kind: 'provider', roles: ['sales_agent'] })
}

test('a second factor is set up with a code, shows its backup codes once, and is asked for at the next sign-in', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile', { as: user })
  const setup = page.waitForResponse((response) => response.url().endsWith('/two-factor/enable'))
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('dialog').getByLabel('Password').fill(testPassword)
  await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click()
  const { totpURI } = (await (await setup).json()) as { totpURI: string }

  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  await assertAccessible(page)
  await page.getByLabel(/^Code\W*$/).fill(codeOf(totpURI))
  await page.getByRole('button', { name: 'Verify' }).click()

  await page.getByRole('heading', { name: 'Backup codes' }).waitFor()
  const codes = await page.locator('section:has(h3) li').allTextContents()
  assert.ok(codes.length >= 5)
  await page.getByRole('button', { name: 'I have kept the backup codes' }).click()
  await page.getByRole('button', { name: 'New backup codes' }).waitFor()

  const later = await portal.open('/my-profile')
  await portal.signIn(later, user)
  await later.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await assertAccessible(later)
  await later.getByRole('textbox', { name: 'Code' }).fill('000000')
  await later.getByRole('button', { name: 'Verify' }).click()
  await later.getByRole('alert').waitFor()
  await later.getByRole('button', { name: 'Use a backup code' }).click()
  await later.getByRole('textbox', { name: 'Backup code' }).fill(codes[0] ?? '')
  await later.getByRole('button', { name: 'Verify' }).click()
  await later.getByRole('heading', { name: 'My profile' }).waitFor()
})

test('an answer that is lost is asked for again under the same request id, and the person is told', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile', { as: user })
  const requestIds: (string | undefined)[] = []
  await page.route('**/portal/v1/me/password', async (route) => {
    requestIds.push(route.request().headers()['ms-requestid'])
    // The first request reaches the server; its answer never arrives.
    if (requestIds.length > 1) return await route.continue()
    await route.fetch()
    return await route.abort('connectionreset')
  })

  await page.getByLabel('Current password').fill(testPassword)
  await page.getByLabel(/^New password\W*$/).fill('four green boats at noon')
  await page.getByLabel('New password again').fill('four green boats at noon')
  await page.getByRole('button', { name: 'Change password' }).click()

  await page.getByRole('button', { name: 'Status unknown – checking' }).waitFor()
  await page.getByText('Password changed').waitFor()
  assert.equal(requestIds.length, 2)
  assert.ok(requestIds[0])
  assert.equal(requestIds[0], requestIds[1])
})

test('what the server refuses stands beside its field and in the summary, and what was typed stays', async () => {
  await using portal = await portalWorld()
  const user = await givenSalesAgent(portal)
  const page = await portal.open('/my-profile', { as: user, width: 390 })

  await page.getByLabel('Current password').fill('not this one at all')
  await page.getByLabel(/^New password\W*$/).fill('four green boats at noon')
  await page.getByLabel('New password again').fill('four green boats')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByRole('alert').getByRole('link', { name: 'New password again' }).click()
  assert.equal(await page.evaluate("document.activeElement?.getAttribute('autocomplete')"), 'new-password')

  await page.getByLabel('New password again').fill('four green boats at noon')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page
    .getByText('This is not your current password')
    .or(page.getByText('current password is not right'))
    .first()
    .waitFor()
  assert.equal(await page.getByLabel('New password again').inputValue(), 'four green boats at noon')
  await assertAccessible(page)
})

test('the theme and the density are kept on the device', async () => {
  await using portal = await portalWorld()
  const page = await portal.open('/my-profile', { as: await givenSalesAgent(portal) })

  await page.getByRole('radio', { name: 'Compact' }).check()
  await page.getByRole('radio', { name: 'High contrast' }).check()
  await page.locator('html[data-theme="contrast"]').waitFor()
  await assertAccessible(page)

  assert.equal(await page.evaluate("localStorage.getItem('kanal.density')"), 'compact')
})
