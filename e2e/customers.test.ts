import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenCustomer } from '../src/features/customers/test-customers.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenProvider, givenReseller } from '../src/features/program/test-organizations.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    customers: 'Customers',
    menu: 'Main menu',
    reseller: 'Indirect reseller',
    chip: 'Indirect reseller: Bir Bilişim',
    removeChip: 'Remove filter Indirect reseller: Bir Bilişim',
    expand: 'Show more of Kaya Gıda',
    collapse: 'Show less of Kaya Gıda',
    contact: 'Primary contact',
    add: 'Add subscription',
    account: 'Account',
    back: 'Customers',
    associate: 'Associate reseller',
    submit: 'Associate',
    associated: 'İki Bilişim manages this customer now.',
    update: 'Update',
    phone: 'Phone number',
    save: 'Save',
    required: 'This field is required.',
    saved: 'Saved',
  },
  tr: {
    customers: 'Müşteriler',
    menu: 'Ana menü',
    reseller: 'Dolaylı bayi',
    chip: 'Dolaylı bayi: Bir Bilişim',
    removeChip: 'Filtreyi kaldır: Dolaylı bayi: Bir Bilişim',
    expand: 'Daha fazla göster: Kaya Gıda',
    collapse: 'Daha az göster: Kaya Gıda',
    contact: 'Birincil ilgili kişi',
    add: 'Abonelik ekle',
    account: 'Hesap',
    back: 'Müşteriler',
    associate: 'Bayi ilişkilendir',
    submit: 'İlişkilendir',
    associated: 'İki Bilişim artık bu müşteriyi yönetiyor.',
    update: 'Güncelle',
    phone: 'Telefon numarası',
    save: 'Kaydet',
    required: 'Bu alan zorunludur.',
    saved: 'Kaydedildi',
  },
} as const

async function channel(portal: PortalWorld) {
  const { deps } = portal.world
  const provider = await givenProvider(deps)
  const one = await givenReseller(deps, { name: 'Bir Bilişim' })
  const two = await givenReseller(deps, { name: 'İki Bilişim' })
  const first = { ...one, partnershipId: await givenPartnership(deps, provider, one) }
  await givenPartnership(deps, provider, two)
  const kaya = await givenCustomer(deps, provider, { name: 'Kaya Gıda', reseller: first })
  await givenCustomer(deps, provider, { name: 'Tuna Lojistik' })
  const of = async (language: 'en' | 'tr', ...roles: Role[]): Promise<TestUser> =>
    await givenUser(deps, { ...provider, kind: 'provider', roles, locale: language })
  return { provider, first, kaya, of }
}

for (const language of ['en', 'tr'] as const) {
  test(`S95 S96 S97 S98 customers are filtered by reseller, found again from the address, and unfolded by keyboard (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const { first, of } = await channel(portal)
    const page = await portal.open('/', { as: await of(language, 'sales_agent'), language })
    await page.getByRole('link', { name: say.customers, exact: true }).first().click()
    await page.getByRole('heading', { name: say.customers, level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Tuna Lojistik' }).waitFor()

    await page.getByRole('combobox', { name: say.reseller }).selectOption(first.organizationId)
    await page.getByRole('link', { name: 'Tuna Lojistik' }).waitFor({ state: 'detached' })
    await page.getByText(say.chip).waitFor()
    assert.match(page.url(), new RegExp(`reseller=${first.organizationId}`))
    await page.reload()
    await page.getByText(say.chip).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Tuna Lojistik' }).count(), 0)
    await assertAccessible(page)

    const arrow = page.getByRole('button', { name: say.expand })
    assert.equal(await arrow.getAttribute('aria-expanded'), 'false')
    await arrow.focus()
    await page.keyboard.press('Enter')
    const open = page.getByRole('button', { name: say.collapse })
    assert.equal(await open.getAttribute('aria-expanded'), 'true')
    const record = page.getByRole('region', { name: 'Kaya Gıda' })
    await record.getByText('Ayşe Işık').waitFor()
    await record.getByRole('link', { name: say.add }).waitFor()
    await assertAccessible(page)
    await page.keyboard.press('Space')
    await record.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: say.removeChip }).click()
    await page.getByRole('link', { name: 'Tuna Lojistik' }).waitFor()
  })

  test(`S16 F92 on the Account page a reseller is associated and the contact changed, and the way back keeps the filter (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const { first, of } = await channel(portal)
    const agent = await of(language, 'admin_agent')
    const page = await portal.open(`/customers?reseller=${first.organizationId}`, { as: agent, language })
    await page.getByRole('button', { name: say.expand }).click()
    await page.getByRole('region', { name: 'Kaya Gıda' }).getByRole('link', { name: say.account }).click()
    await page.getByRole('heading', { name: 'Kaya Gıda', level: 1 }).waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: say.associate }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').selectOption({ index: 1 })
    await assertAccessible(page)
    await dialog.getByRole('button', { name: say.submit }).click()
    await page.getByText(say.associated).waitFor()

    await page.getByRole('region', { name: say.contact }).getByRole('button', { name: say.update }).click()
    // Once something is typed, the dialog no longer closes by itself, and is called an alert.
    const form = page.getByRole('dialog').or(page.getByRole('alertdialog'))
    await form.getByRole('textbox', { name: say.phone }).fill('')
    await form.getByRole('button', { name: say.save }).click()
    await form.getByText(say.required).first().waitFor()
    await form.getByRole('textbox', { name: say.phone }).fill('+90 312 555 0199')
    await form.getByRole('button', { name: say.save }).click()
    await page.getByText('+90 312 555 0199').waitFor()

    await page.getByRole('navigation').getByRole('link', { name: say.back, exact: true }).last().click()
    await page.getByText(say.chip).waitFor()
  })
}

test('F80 F81 F83 a relationship is asked for, accepted by the customer with both ticks, and the customer sees who may do what', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { of } = await channel(portal)
  const home = await givenProvider(deps, { name: 'Home provider' })
  const company = await givenCustomer(deps, home, { name: 'Zeytin Gıda', agreement: 'missing' })
  const owner = await givenUser(deps, {
    organizationId: company.customerId,
    kind: 'customer',
    roles: ['global_admin'],
    name: 'Zeynep Zeytin',
  })
  const page = await portal.open('/customers', { as: await of('en', 'admin_agent') })

  await page.getByRole('link', { name: 'Request a reseller relationship' }).click()
  await page.getByRole('checkbox', { name: 'Include delegated administration privileges' }).check()
  await page.getByRole('button', { name: 'Write the message' }).click()
  const text = page.getByRole('textbox', { name: 'Email text' })
  const body = await text.inputValue()
  const path = /\/relationship\/[\w-]+/.exec(body)?.[0] ?? ''
  await text.fill(body.replace(path, '/relationship/other'))
  await page.getByText('The customer could not answer.').waitFor()
  await page.getByRole('button', { name: 'Restore link' }).click()
  assert.match(await text.inputValue(), new RegExp(path))
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Copy to clipboard' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('table').getByText('Issued').waitFor()

  const visitor = await portal.open(path)
  await visitor.getByRole('link', { name: 'Sign in to answer' }).waitFor()
  await assertAccessible(visitor)
  const theirs = await portal.open(path, { as: owner })
  await theirs.getByRole('checkbox', { name: /reseller relationship/ }).check()
  assert.equal(await theirs.getByRole('button', { name: 'Accept' }).getAttribute('aria-disabled'), 'true')
  await theirs.getByRole('checkbox', { name: /customer agreement/ }).check()
  await assertAccessible(theirs)
  await theirs.getByRole('button', { name: 'Accept' }).click()
  await theirs.getByText('Anadolu Dağıtım is your partner now.').waitFor()
  await theirs.getByRole('link', { name: 'Partner relationships' }).click()
  await theirs.getByText(/Admin relationship Request_/).waitFor()
  await theirs.getByText('Accepted by Zeynep Zeytin').waitFor()
  await assertAccessible(theirs)

  await page.goto(`${portal.url}/customers?search=zeytin`)
  await page.getByRole('link', { name: 'Zeytin Gıda' }).waitFor()
})

test('F93 F94 F77 what a role may not do stays visible with its reason; a removed customer leaves the list', async () => {
  await using portal = await portalWorld()
  const { kaya, of } = await channel(portal)
  const page = await portal.open(`/customers/${kaya.customerId}/account`, { as: await of('en', 'global_admin') })

  await page.getByRole('button', { name: 'Update' }).last().hover()
  await page.getByRole('tooltip', { name: 'Only an admin agent or a sales agent can attest here.' }).waitFor()
  await page.getByRole('button', { name: 'Remove reseller relationship' }).click()
  const dialog = page.getByRole('alertdialog')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Yes' }).click()
  await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Tuna Lojistik' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Kaya Gıda' }).count(), 0)
})

test('S95 the list works on a phone, in the dark', async () => {
  await using portal = await portalWorld()
  const { of } = await channel(portal)
  const page = await portal.open('/customers', { as: await of('en', 'sales_agent'), width: 390, theme: 'dark' })

  await page.getByRole('button', { name: /Details.*Kaya Gıda/ }).click()
  await page.getByText('Ayşe Işık').waitFor()
  await assertAccessible(page)
  const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
  assert.ok(width <= 390, `${width} px`)
})
