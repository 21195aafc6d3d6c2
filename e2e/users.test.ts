import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOperator } from '../src/features/identity/create-operator.ts'
import { givenOrganization } from '../src/features/identity/test-organizations.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    add: 'Add user',
    first: 'First name',
    last: 'Last name',
    email: 'Email address',
    username: 'User name',
    role: 'Sales agent',
    added: 'Gül Demir was added',
    done: 'Done',
    close: 'Close without copying',
    warned: 'You have not copied the password yet.',
    choose: 'Choose your password',
    current: 'Temporary password',
    next: 'New password',
    repeat: 'New password again',
    save: 'Save and continue',
    profile: 'My profile',
  },
  tr: {
    add: 'Kullanıcı ekle',
    first: 'Ad',
    last: 'Soyadı',
    email: 'E-posta adresi',
    username: 'Kullanıcı adı',
    role: 'Satış temsilcisi',
    added: 'Gül Demir eklendi',
    done: 'Bitti',
    close: 'Kopyalamadan kapat',
    warned: 'Parolayı henüz kopyalamadınız.',
    choose: 'Parolanızı belirleyin',
    current: 'Geçici parola',
    next: 'Yeni parola',
    repeat: 'Yeni parola (yeniden)',
    save: 'Kaydet ve devam et',
    profile: 'Profilim',
  },
} as const

for (const language of ['en', 'tr'] as const) {
  test(`S86 S87 S88 F179 a colleague is added, its password is shown once, and is changed at the first sign-in (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const admin = await given(portal, ['global_admin'], language)
    const page = await portal.open('/users', { as: admin, language })

    await page.getByRole('button', { name: say.add }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: say.first, exact: true }).fill('Gül')
    await form.getByRole('textbox', { name: say.last }).fill('Demir')
    await form.getByRole('textbox', { name: say.email }).fill('gul@anadolu.example')
    await form.getByRole('textbox', { name: say.username }).focus()
    assert.equal(await form.getByRole('textbox', { name: say.username }).inputValue(), 'gul@anadolu.example')
    await form.getByRole('checkbox', { name: say.role }).check()
    await assertAccessible(page)
    await form.getByRole('button', { name: say.add }).click()

    const once = page.getByRole('alertdialog')
    await once.getByRole('heading', { name: say.added }).waitFor()
    await assertAccessible(page)
    const password = await once.getByText(/^\w{5}(-\w{5}){3}$/).innerText()
    await once.getByRole('button', { name: say.done }).click()
    await once.getByText(say.warned).waitFor()
    await once.getByRole('button', { name: say.close }).click()
    await page.getByRole('table').getByText('Gül Demir').waitFor()
    await page.reload()
    await page.getByRole('table').getByText('Gül Demir').waitFor()
    assert.ok(!(await page.content()).includes(password))

    const hers = await portal.open('/my-profile', { language })
    await hers.locator('input[autocomplete="username"]').fill('gul@anadolu.example')
    await hers.locator('input[autocomplete="current-password"]').fill(password)
    await hers.locator('button[type="submit"]').click()
    await hers.getByRole('heading', { name: say.choose }).waitFor()
    await hers.goto(`${portal.url}/users`)
    await hers.getByRole('heading', { name: say.choose }).waitFor()
    await hers.getByLabel(say.current).fill(password)
    await hers.getByLabel(say.next).first().fill('dört küçük yeşil çay')
    await hers.getByLabel(say.repeat).fill('dört küçük yeşil çay')
    await hers.getByRole('button', { name: say.save }).click()
    await hers.getByRole('heading', { name: say.choose }).waitFor({ state: 'detached' })
    await hers.goto(`${portal.url}/my-profile`)
    await hers.getByRole('heading', { name: say.profile }).waitFor()
  })
}

test('S87 leaving with a password that was not copied asks once; having copied it, it does not', async () => {
  await using portal = await portalWorld()
  const admin = await given(portal, ['global_admin'])
  await given(portal, ['sales_agent'], 'en', 'Burak Şahin')
  const page = await portal.open('/my-profile', { as: admin })
  await page.getByRole('link', { name: 'User management' }).click()
  await page.getByRole('button', { name: 'Actions for Burak Şahin' }).click()
  await page.getByRole('menuitem', { name: 'Reset password' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset password' }).click()
  await page.getByRole('heading', { name: 'New password for Burak Şahin' }).waitFor()

  await page.evaluate('history.back()')
  await page.getByRole('heading', { name: 'Leave without the password?' }).waitFor()
  await page.getByRole('button', { name: 'Stay' }).click()
  await page.getByRole('button', { name: 'Copy user name and password' }).click()
  const copied = await page.evaluate('navigator.clipboard.readText()')
  await page.evaluate('history.back()')
  await page.getByRole('heading', { name: 'My profile' }).waitFor()

  assert.match(String(copied), /^User name: .+\nTemporary password: \w{5}(-\w{5}){3}$/)
})

test('S2 F181 F182 what somebody may not do stays visible with the reason, and the only global admin is warned of', async () => {
  await using portal = await portalWorld()
  await given(portal, ['global_admin'], 'en', 'Ayşe Yılmaz')
  const manager = await given(portal, ['user_management_admin'], 'en', 'Işık Öztürk')
  const helpdesk = await given(portal, ['helpdesk_agent'], 'en', 'Deniz Aydın')

  const page = await portal.open('/users', { as: manager })
  await page.getByText('There is only one global admin.').waitFor()
  await page.getByRole('button', { name: 'Actions for Ayşe Yılmaz' }).click()
  await page
    .getByRole('menuitem', { name: /Reset password/ })
    .getByText('Only a global admin can do this.')
    .waitFor()
  await page
    .getByRole('menuitem', { name: /Delete/ })
    .getByText('At least one global admin must remain.')
    .waitFor()

  const other = await portal.open('/users', { as: helpdesk })
  await other.getByRole('heading', { name: 'Access denied' }).waitFor()
  await other.getByText('Ayşe Yılmaz').waitFor()
})

test('user management is accessible in every theme and on a phone', async () => {
  await using portal = await portalWorld()
  const admin = await given(portal, ['global_admin'])

  for (const look of [{ width: 1440 }, { theme: 'dark', width: 1440 }, { theme: 'dark', width: 390 }] as const) {
    const page = await portal.open('/users', { as: admin, ...look })
    await page.getByText(admin.username).waitFor()
    await assertAccessible(page)
  }
})

test('on an empty database sign-in leads to the page that says how to make the first operator', async () => {
  await using portal = await portalWorld()
  const page = await portal.open('/sign-in')

  await page.getByRole('heading', { name: 'Make the first operator' }).waitFor()
  await assertAccessible(page)
  await page.getByRole('button', { name: 'I have done it – sign in' }).click()
  await page.getByText('There is still no operator.').waitFor()
  await createOperator(portal.world.deps.db, portal.world.now, {
    username: 'ada',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Yılmaz',
    locale: 'en',
    organization: 'Kanal',
    country: 'TR',
  })
  await page.getByRole('button', { name: 'I have done it – sign in' }).click()

  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

let organization: { of: PortalWorld; id: Awaited<ReturnType<typeof givenOrganization>> } | undefined

async function given(
  portal: PortalWorld,
  roles: readonly Role[],
  locale: 'en' | 'tr' = 'en',
  name = 'Ayşe Yılmaz',
): Promise<TestUser> {
  const { deps } = portal.world
  if (organization?.of !== portal) organization = { of: portal, id: await givenOrganization(deps) }
  return await givenUser(deps, { organizationId: organization.id, kind: 'provider', roles, locale, name })
}
