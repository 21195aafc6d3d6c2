import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { givenCustomer } from '../src/features/customers/test-customers.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenProvider, givenReseller } from '../src/features/program/test-organizations.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    resellers: 'Indirect resellers',
    actions: 'Actions for Boğaziçi Bilişim',
    add: 'Add new customer',
    newCustomer: 'New customer',
    reseller: 'Indirect reseller',
    none: 'No indirect reseller',
    country: 'Country/region',
    name: 'Company name',
    domain: 'Domain name',
    free: 'isikgida.onkanal.example is available.',
    taken: 'kaya.onkanal.example is already in use.',
    address: 'Address line 1',
    postal: 'Postal code',
    city: 'City',
    tax: 'Tax identification number',
    taxMissing: 'Company registration ID is missing.',
    first: 'First name',
    last: 'Last name',
    email: 'Email address',
    phone: 'Phone number',
    ask: 'The customer will be asked',
    summary: /entries need attention/,
    next: 'Next: Subscriptions',
    nextReview: 'Next: Review',
    subscription: 'New subscription',
    submit: 'Submit',
    copy: /^Copy (both|user name and password)/,
    done: 'Done',
    customers: 'Customers',
  },
  tr: {
    resellers: 'Dolaylı bayiler',
    actions: 'Boğaziçi Bilişim',
    add: 'Yeni müşteri ekle',
    newCustomer: 'Yeni müşteri',
    reseller: 'Dolaylı bayi',
    none: 'Dolaylı bayi yok',
    country: 'Ülke/bölge',
    name: 'Şirket adı',
    domain: 'Etki alanı adı',
    free: 'isikgida.onkanal.example kullanılabilir.',
    taken: 'kaya.onkanal.example kullanımda.',
    address: 'Adres satırı 1',
    postal: 'Posta kodu',
    city: 'Şehir',
    tax: 'Vergi kimlik numarası',
    taxMissing: 'Şirket tescil numarası eksik.',
    first: 'Ad',
    last: 'Soyadı',
    email: 'E-posta adresi',
    phone: 'Telefon numarası',
    ask: 'Müşteriye sorulacak',
    summary: /giriş/,
    next: 'İleri: Abonelikler',
    nextReview: 'İleri: Gözden geçir',
    subscription: 'Yeni abonelik',
    submit: 'Gönder',
    copy: /kopyala/,
    done: 'Bitti',
    customers: 'Müşteriler',
  },
} as const

async function channel(portal: PortalWorld, language: 'en' | 'tr') {
  const { deps } = portal.world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  await givenPartnership(deps, provider, reseller)
  const other = await givenCustomer(deps, provider, { name: 'Kaya' })
  await sql`insert into domains (name, owner_id, owner_kind, is_initial, created_at)
    values ('kaya.onkanal.example', ${other.customerId}, 'customer', false, ${deps.now()})`.execute(deps.db)
  const agent = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'], locale: language })
  const theirs = await givenUser(deps, { ...reseller, kind: 'reseller', roles: ['admin_agent'], locale: language })
  return { reseller, agent, theirs }
}

async function fillCompany(page: Page, say: (typeof words)['en' | 'tr']): Promise<void> {
  const box = (name: string) => page.getByRole('textbox', { name, exact: true })
  await page.getByRole('combobox', { name: say.country }).selectOption('TR')
  await box(say.name).fill('Işık Gıda A.Ş.')
  await box(say.address).fill('Barbaros Bulvarı 12')
  await box(say.postal).fill('34349')
  await box(say.city).fill('İstanbul')
  await box(say.tax).fill('4810538271')
  await box(say.first).fill('Ayşe')
  await box(say.last).fill('Işık')
  await box(say.email).fill('ayse@isikgida.example')
  await box(say.phone).fill('+90 212 555 0101')
  await page.getByRole('radio', { name: say.ask }).check()
}

for (const language of ['en', 'tr'] as const) {
  test(`S66 S69 S71 S72 S73 S74 F60 F64 begun from a reseller's row the form has it chosen, asks for what the country needs and keeps what was typed (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const { reseller, agent } = await channel(portal, language)
    const page = await portal.open('/', { as: agent, language })
    await page.getByRole('link', { name: say.resellers, exact: true }).first().click()
    await page.getByRole('table').getByText('Boğaziçi Bilişim').waitFor()
    await page
      .getByRole('button', { name: new RegExp(say.actions) })
      .last()
      .click()
    await page.getByRole('menuitem', { name: say.add }).click()
    await page.getByRole('heading', { name: say.newCustomer, level: 1 }).waitFor()

    const picker = page.getByRole('combobox', { name: say.reseller })
    await picker.locator('option', { hasText: 'Boğaziçi Bilişim' }).waitFor({ state: 'attached' })
    assert.equal(await picker.inputValue(), reseller.organizationId)
    assert.ok((await picker.locator('option').allInnerTexts()).includes(say.none))
    await page.getByRole('combobox', { name: say.country }).selectOption('TR')
    await page.getByRole('textbox', { name: say.domain }).fill('Kaya')
    await page.getByText(say.taken).waitFor()
    await page.getByRole('textbox', { name: say.city }).fill('İstanbul')
    await page.getByRole('button', { name: say.next }).click()
    await page.getByRole('alert').getByText(say.summary).waitFor()
    await page.getByText(say.taxMissing).last().waitFor()
    assert.equal(await page.getByRole('textbox', { name: say.city }).inputValue(), 'İstanbul')
    await assertAccessible(page)

    await fillCompany(page, say)
    await page.getByRole('textbox', { name: say.domain }).fill('ISIKGIDA')
    await page.getByText(say.free).waitFor()
    await page.reload()
    assert.equal(await page.getByRole('textbox', { name: say.name, exact: true }).inputValue(), 'Işık Gıda A.Ş.')
    await page.getByRole('button', { name: say.next }).click()
    await page.getByRole('heading', { name: say.subscription, level: 1 }).waitFor()
    await assertAccessible(page)

    const { rows } = await sql`select from customers where legal_name like 'Işık%'`.execute(portal.world.deps.db)
    assert.equal(rows.length, 0)
  })

  test(`S44 S90 S91 F75 a customer that will be asked is added with its reseller, which sees it at once (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const { reseller, agent, theirs } = await channel(portal, language)
    const page = await portal.open(`/customers/new?reseller=${reseller.organizationId}`, { as: agent, language })
    await fillCompany(page, say)
    await page.getByRole('textbox', { name: say.domain }).fill('isikgida')
    await page.getByRole('button', { name: say.next }).click()
    await page.getByRole('button', { name: say.nextReview }).click()
    await page.getByRole('button', { name: say.submit, exact: true }).click()
    await page.getByRole('button', { name: say.copy }).last().click()
    await page.getByRole('button', { name: say.done, exact: true }).click()

    await page.getByRole('heading', { name: say.customers, level: 1 }).waitFor()
    await page.getByRole('row', { name: /Işık Gıda A\.Ş\..*Boğaziçi Bilişim/ }).waitFor()
    await page.getByRole('combobox', { name: say.reseller }).selectOption(reseller.organizationId)
    await page.getByRole('link', { name: 'Kaya', exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Işık Gıda A.Ş.' }).waitFor()

    const shared = await portal.open('/customers', { as: theirs, language })
    await shared.getByRole('link', { name: 'Işık Gıda A.Ş.' }).click()
    await shared.getByRole('heading', { name: 'Işık Gıda A.Ş.', level: 1 }).waitFor()
  })
}
