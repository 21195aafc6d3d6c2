import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import type { SubscriptionId } from '../src/kernel/ids.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import {
  givenMarket,
  givenOffer,
  givenOrder,
  givenPrice,
  type Market,
  type TestOffer,
} from '../src/features/orders/test-orders.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenReseller, givenUnusedLocation } from '../src/features/program/test-organizations.ts'
import { provision } from '../src/features/subscriptions/test-subscriptions.ts'
import { assertAccessible } from './axe.ts'
import { type Look, portalWorld, type PortalWorld } from './portal-world.ts'

/** What the buttons and fields are called; the same words as in docs/glossary.md. */
const words = {
  en: {
    newCustomer: 'New customer',
    newSubscription: 'New subscription',
    review: 'Review',
    confirmation: 'Confirmation',
    nextSubscriptions: 'Next: Subscriptions',
    nextReview: 'Next: Review',
    submit: 'Submit',
    cancel: 'Cancel',
    back: 'Back',
    done: 'Done',
    discard: 'Yes, discard',
    add: 'Add Business Standard',
    addAddOn: 'Add Threat Protection',
    licenses: 'Number of licenses',
    attestation: /^I confirm that we act as an indirect partner/,
    setup: 'Setup info',
    copyBoth: 'Copy both',
    alreadyShown: 'The password was already shown once. Reset it to get a new one.',
    leave: 'Leave without the password?',
    stay: 'Stay',
    reset: 'Reset password',
    nothingStored: 'Nothing was stored.',
    addSubscription: 'Add subscription',
    provisioning: 'Provisioning',
    active: 'Active',
    reseller: 'Reseller (MPN ID)',
    support: 'Designated support contact',
    saved: 'The subscription was saved.',
    upgrade: 'Upgrade now',
    understand: 'I understand that the upgrade cannot be taken back.',
    history: 'History',
  },
  tr: {
    newCustomer: 'Yeni müşteri',
    newSubscription: 'Yeni abonelik',
    review: 'Gözden geçirme',
    confirmation: 'Onay',
    nextSubscriptions: 'İleri: Abonelikler',
    nextReview: 'İleri: Gözden geçir',
    submit: 'Gönder',
    cancel: 'İptal',
    back: 'Geri',
    done: 'Bitti',
    discard: 'Evet, sil',
    add: 'Business Standard ekle',
    addAddOn: 'Threat Protection ekle',
    licenses: 'Lisans sayısı',
    attestation: /^Bayi seçildiğinde dolaylı/,
    setup: 'Kurulum bilgileri',
    copyBoth: 'İkisini de kopyala',
    alreadyShown: 'Parola daha önce bir kez gösterildi. Yenisi için parolayı sıfırlayın.',
    leave: 'Parolayı almadan çıkılsın mı?',
    stay: 'Kal',
    reset: 'Parolayı sıfırla',
    nothingStored: 'Hiçbir şey kaydedilmedi.',
    addSubscription: 'Abonelik ekle',
    provisioning: 'Sağlanıyor',
    active: 'Etkin',
    reseller: 'Bayi (MPN kimliği)',
    support: 'Belirlenen destek sorumlusu',
    saved: 'Abonelik kaydedildi.',
    upgrade: 'Şimdi yükselt',
    understand: 'Yükseltmenin geri alınamayacağını anlıyorum.',
    history: 'Geçmiş',
  },
} as const

type Language = keyof typeof words

interface Shop extends Market {
  readonly standard: TestOffer
  readonly premium: TestOffer
}

/** A provider with a partner, a customer of both, and three offers. */
async function givenShop({ world }: PortalWorld, language: Language = 'en'): Promise<Shop> {
  const market = await givenMarket(world)
  await sql`update users set locale = ${language} where id = ${market.agent.userId}`.execute(world.deps.db)
  const premium = await givenOffer(world.deps, { title: 'Business Premium', retail: '220.00', cost: '180' })
  const standard = await givenOffer(world.deps, { title: 'Business Standard', conversions: [premium.key] })
  await givenOffer(world.deps, {
    title: 'Threat Protection',
    kind: 'addon',
    prerequisites: [standard.key],
    retail: '20',
    cost: '15',
  })
  return { ...market, standard, premium }
}

const prefix = 'isikgida'

/** Fills in step 1 by the ids that every language shares: the ends of the controls' ids are the names of the fields. */
async function fillCustomer(page: Page): Promise<void> {
  const field = (name: string) => page.locator(`[id$="-${name}"]`)
  await field('country').selectOption('TR')
  await field('legalName').fill('Işık Gıda Sanayi A.Ş.')
  // Leaving the name suggests a domain, which is then replaced.
  await field('legalName').press('Tab')
  await page.waitForFunction(`document.querySelector('[id$="-domainPrefix"]').value !== ''`)
  await field('domainPrefix').fill(prefix)
  await field('addressLine1').fill('Barbaros Bulvarı 12')
  await field('postalCode').fill('34349')
  await field('city').fill('İstanbul')
  await field('registrationNumber').fill('4810538271')
  await field('firstName').fill('Ayşe')
  await field('lastName').fill('Işık')
  await field('email').fill('ayse@isikgida.example')
  await field('phone').fill('+90 212 555 0101')
  await page.locator('input[type="radio"][value="attested"]').check()
  await field('acceptedOn').fill('2026-11-02')
  await field('acceptorFirstName').fill('Ayşe')
  await field('acceptorLastName').fill('Işık')
  await field('acceptorEmail').fill('ayse@isikgida.example')
}

async function count({ world }: PortalWorld, table: string): Promise<number> {
  const { rows } = await world.deps.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

const rightNow = new Date('2026-11-20T09:00:00Z')

for (const language of ['en', 'tr'] as const) {
  const w = words[language]

  test(`S15 S72 S74 S75 S76 S77 S78 S79 S80 S82 S83 S84 S85 S89 S90 S107 S109 the wizard adds a customer with two subscriptions for the reseller of the row (${language})`, async () => {
    await using portal = await portalWorld({ now: rightNow })
    const shop = await givenShop(portal, language)
    const before = await count(portal, 'customers')
    const page = await portal.open(`/customers/new?reseller=${shop.reseller.organizationId}`, {
      language,
      as: shop.agent,
    })

    await page.getByRole('heading', { name: w.newCustomer, level: 1 }).waitFor()
    await page.locator(`[id$="-resellerId"]:has(option[value="${shop.reseller.organizationId}"])`).waitFor()
    assert.equal(await page.locator('[id$="-resellerId"]').inputValue(), shop.reseller.organizationId)
    await fillCustomer(page)
    await page.getByRole('button', { name: w.nextSubscriptions }).click()

    await page.getByRole('heading', { name: w.newSubscription, level: 1 }).waitFor()
    assert.equal(await count(portal, 'customers'), before, 'nothing is stored before the submit')
    await page.getByRole('button', { name: w.add }).click()
    await page.getByRole('button', { name: w.addAddOn }).click()
    const quantity = page.getByLabel(w.licenses).first()
    await quantity.fill('0')
    assert.equal(await page.getByRole('button', { name: w.nextReview }).getAttribute('aria-disabled'), 'true')
    await quantity.fill('10')
    await assertAccessible(page)
    await page.getByRole('button', { name: w.nextReview }).click()

    await page.getByRole('heading', { name: w.review, level: 1 }).waitFor()
    await page.getByText(`${prefix}.onkanal.example`).waitFor()
    await page.getByText(shop.reseller.partnerId).first().waitFor()
    assert.match((await page.locator('[data-test="order-total"]').textContent()) ?? '', /1[.,]022[.,]50/)
    await assertAccessible(page)
    await page.getByLabel(w.attestation).check()
    await page.getByRole('button', { name: w.submit }).click()

    await page.getByRole('heading', { name: w.confirmation, level: 1 }).waitFor()
    const setup = page.getByRole('region', { name: w.setup })
    assert.equal(await setup.locator('[data-test="admin-user-name"]').textContent(), `admin@${prefix}.onkanal.example`)
    assert.match((await setup.locator('[data-test="temporary-password"]').textContent()) ?? '', /^•+$/)
    await assertAccessible(page)
    await provision(portal.world.deps)
    await setup.getByRole('button', { name: w.copyBoth }).click()
    const copied = String(await page.evaluate('navigator.clipboard.readText()'))
    assert.match(copied, new RegExp(`admin@${prefix}`))
    assert.match(copied, /[2-9b-z]{5}-[2-9b-z]{5}-[2-9b-z]{5}-[2-9b-z]{5}/)
    await page.getByRole('button', { name: w.done }).click()

    await page.waitForURL(/\/customers\?/)
    await page
      .getByRole('row', { name: /Işık Gıda Sanayi/ })
      .getByText(shop.reseller.name)
      .waitFor()
    assert.equal(await count(portal, 'customers'), before + 1)
    assert.equal(await count(portal, 'orders'), 1)
    assert.equal(await count(portal, 'resellers_of_record'), 2)
  })

  test(`S81 canceling on the Review page leaves nothing behind, and the wizard begins with an empty form (${language})`, async () => {
    await using portal = await portalWorld({ now: rightNow })
    const shop = await givenShop(portal, language)
    const tables = ['customers', 'domains', 'users', 'orders', 'subscriptions', 'customer_agreement_acceptances']
    const before = await Promise.all(tables.map((table) => count(portal, table)))
    const page = await portal.open('/customers/new', { language, as: shop.agent })

    await page.locator('[id$="-resellerId"]').selectOption('none')
    await fillCustomer(page)
    await page.getByRole('button', { name: w.nextSubscriptions }).click()
    await page.getByRole('button', { name: w.add }).click()
    await page.getByRole('button', { name: w.nextReview }).click()
    await page.getByLabel(w.attestation).waitFor()
    await page.getByRole('button', { name: w.cancel }).click()
    await assertAccessible(page)
    await page.getByRole('button', { name: w.discard }).click()

    await page.getByRole('heading', { name: w.newCustomer, level: 1 }).waitFor()
    assert.equal(await page.locator('[id$="-legalName"]').inputValue(), '')
    assert.equal(
      await page.evaluate(`Object.keys(sessionStorage).filter((key) => key.startsWith('kanal.wizard')).length`),
      0,
    )
    assert.deepEqual(await Promise.all(tables.map((table) => count(portal, table))), before)
  })

  test(`S35 S37 S38 S39 S42 S47 S105 S106 reseller, support contact and licenses of a subscription are saved in one submit (${language})`, async () => {
    await using portal = await portalWorld({ now: rightNow })
    const shop = await givenShop(portal, language)
    const other = await givenUnusedLocation(portal.world.deps, shop.reseller)
    const subscriptionId = await givenSubscription(portal, shop)
    const page = await portal.open(subscriptionUrl(shop, subscriptionId), { language, as: shop.agent })

    const submit = page.getByRole('button', { name: w.submit })
    await page.getByLabel(w.reseller).waitFor()
    await assertAccessible(page)
    await page
      .getByLabel(w.reseller)
      .selectOption({ index: -1 + (await page.getByLabel(w.reseller).locator('option').count()) })
    const typed = page.getByLabel(/MPN/).last()
    await typed.fill(other)
    await typed.press('Enter')
    await page.getByRole('status').filter({ hasText: shop.reseller.name }).waitFor()
    await typed.fill(shop.reseller.partnerId)
    await typed.press('Enter')
    assert.equal(await page.getByRole('combobox', { name: w.reseller }).inputValue(), shop.reseller.partnerId)
    await page.getByLabel(w.support).selectOption(shop.reseller.organizationId)
    await page.getByLabel(w.licenses).fill('15')
    await submit.click()

    await page.getByText(w.saved).first().waitFor()
    await page.getByRole('region', { name: w.history }).getByText(shop.reseller.partnerId).waitFor()
    const { rows } = await sql<{ quantity: number; partner: string; contact: string }>`
      select s.quantity, r.partner_id as partner, c.name as contact from subscriptions s
      join resellers_of_record r on r.subscription_id = s.id and r.valid_to is null
      join support_contacts c on c.subscription_id = s.id and c.valid_to is null where s.id = ${subscriptionId}`.execute(
      portal.world.deps.db,
    )
    assert.deepEqual(rows, [{ quantity: 15, partner: shop.reseller.partnerId, contact: shop.reseller.name }])
    const changes = await sql`select from audit_records where action = 'subscription.changed'`.execute(
      portal.world.deps.db,
    )
    assert.equal(changes.rows.length, 1)
  })

  test(`S15 S46 S93 S99 S100 S101 S102 S104 a subscription with a reseller is added to an existing customer, and is in the list while it is provisioned (${language})`, async () => {
    await using portal = await portalWorld({ now: rightNow })
    const shop = await givenShop(portal, language)
    const page = await portal.open(`/customers/${shop.customer.customerId}/subscriptions`, { language, as: shop.agent })

    await page.getByRole('link', { name: w.addSubscription }).first().click()
    await page.getByRole('button', { name: w.add }).click()
    assert.ok(
      (await page.locator('option').allTextContents()).includes(`${shop.reseller.name} (${shop.reseller.partnerId})`),
    )
    await page.getByLabel(w.licenses).fill('7')
    await page.getByRole('button', { name: w.nextReview }).click()
    await page.getByLabel(w.attestation).check()
    await page.getByRole('button', { name: w.submit }).click()
    await page.getByRole('heading', { name: w.confirmation, level: 1 }).waitFor()
    await page.getByRole('button', { name: w.done }).click()

    await page.waitForURL(/\/subscriptions$/)
    await page
      .getByRole('row', { name: /Business Standard/ })
      .getByText(shop.reseller.partnerId)
      .waitFor()
    const stored = await sql<{ line: string; record: string }>`
      select l.reseller_partner_id as line, r.partner_id as record from order_lines l
      join resellers_of_record r on r.subscription_id = l.subscription_id`.execute(portal.world.deps.db)
    assert.deepEqual(stored.rows, [{ line: shop.reseller.partnerId, record: shop.reseller.partnerId }])
    await page.getByText(w.provisioning, { exact: true }).first().waitFor()
    await assertAccessible(page)
    await provision(portal.world.deps)
    await page.getByText(w.active, { exact: true }).first().waitFor()
  })

  test(`S93 licenses of a subscription are upgraded (${language})`, async () => {
    await using portal = await portalWorld({ now: rightNow })
    const shop = await givenShop(portal, language)
    const subscriptionId = await givenSubscription(portal, shop)
    const page = await portal.open(subscriptionUrl(shop, subscriptionId), { language, as: shop.agent })

    await page.getByRole('link', { name: w.upgrade }).click()
    await page.getByLabel(w.licenses).fill('4')
    await assertAccessible(page)
    await page.getByRole('button', { name: w.nextReview }).click()
    await page.getByLabel(w.understand).check()
    await assertAccessible(page)
    await page.getByRole('button', { name: w.submit }).click()

    await page.getByRole('heading', { name: 'Business Premium', level: 1 }).waitFor()
    const { rows } = await sql<{
      title: string
      quantity: number
    }>`select title, quantity from subscriptions order by quantity`.execute(portal.world.deps.db)
    assert.deepEqual(rows, [
      { title: 'Business Premium', quantity: 4 },
      { title: 'Business Standard', quantity: 6 },
    ])
  })
}

test('S86 S87 the password is gone after a reload, leaving without it is asked about, and a new one can be had', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const w = words.en
  const page = await portal.open('/customers/new', { as: shop.agent })
  await page.locator('[id$="-resellerId"]').selectOption('none')
  await fillCustomer(page)
  await page.getByRole('button', { name: w.nextSubscriptions }).click()
  await page.getByRole('button', { name: w.add }).click()
  await page.getByRole('button', { name: w.nextReview }).click()
  await page.getByLabel(w.attestation).check()
  await page.getByRole('button', { name: w.submit }).click()
  await page.getByRole('heading', { name: w.confirmation, level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Show password' }).click()
  const password = (await page.locator('[data-test="temporary-password"]').textContent()) ?? ''
  assert.match(password, /^[2-9b-z-]{23}$/)

  await page.getByRole('button', { name: w.done }).click()
  await page.getByRole('alertdialog', { name: w.leave }).waitFor()
  await page.getByRole('button', { name: w.stay }).click()
  assert.doesNotMatch(
    String(await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])')),
    new RegExp(password),
  )

  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByText(w.alreadyShown).waitFor()
  assert.equal(await page.locator('[data-test="temporary-password"]').count(), 0)
  await page.getByRole('button', { name: w.reset }).click()
  await page.getByRole('dialog').getByRole('button', { name: w.reset }).click()
  await page.getByRole('button', { name: 'Show password' }).click()
  const next = (await page.locator('[data-test="temporary-password"]').textContent()) ?? ''
  assert.notEqual(next, password)
  await page.getByRole('button', { name: w.copyBoth }).click()
  await page.getByRole('button', { name: w.done }).click()
  await page.waitForURL(/\/customers\?/)
})

test('S73 S77 what was entered survives going back, a reload, and a wrong entry', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const w = words.en
  const page = await portal.open('/customers/new', { as: shop.agent })
  await page.locator('[id$="-resellerId"]').selectOption('none')
  await fillCustomer(page)
  await page.locator('[id$="-postalCode"]').fill('ABC')
  await page.getByRole('button', { name: w.nextSubscriptions }).click()
  await page
    .getByRole('alert')
    .getByText(/Postal code/)
    .waitFor()
  assert.equal(await page.locator('[id$="-legalName"]').inputValue(), 'Işık Gıda Sanayi A.Ş.')
  await page.locator('[id$="-postalCode"]').fill('34349')
  await page.getByRole('button', { name: w.nextSubscriptions }).click()
  await page.getByRole('button', { name: w.add }).click()
  await page.getByLabel(w.licenses).fill('12')

  await page.reload()

  assert.equal(await page.getByLabel(w.licenses).inputValue(), '12')
  await page.getByRole('button', { name: w.back }).click()
  assert.equal(await page.locator('[id$="-legalName"]').inputValue(), 'Işık Gıda Sanayi A.Ş.')
})

test('S79 a price that changed meanwhile is marked and has to be confirmed before the order goes out', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const w = words.en
  const page = await portal.open(`/customers/${shop.customer.customerId}/new-subscription`, { as: shop.agent })
  await page.getByRole('button', { name: w.add }).click()
  await page.getByRole('button', { name: w.nextReview }).click()
  await page.getByLabel(w.attestation).check()

  await givenPrice(portal.world.deps, shop.standard, { retail: '130.00', from: '2026-11-20T08:00:00Z' })
  await page.getByRole('button', { name: w.submit }).click()
  await page.getByText('A price has changed since you chose it').first().waitFor()
  await page.getByRole('status').getByRole('button', { name: w.review }).click()
  await page.getByText('was TRY 100.25').waitFor()
  await page.getByLabel(w.attestation).check()
  assert.equal(await page.getByRole('button', { name: w.submit }).getAttribute('aria-disabled'), 'true')
  await page.getByLabel('I have seen the changed prices.').check()
  await page.getByRole('button', { name: w.submit }).click()

  await page.getByRole('heading', { name: w.confirmation, level: 1 }).waitFor()
  const { rows } = await sql<{ total: number }>`select total_retail_minor::int as total from orders`.execute(
    portal.world.deps.db,
  )
  assert.deepEqual(rows, [{ total: 13_000 }])
})

test('S62 S101 F124 a partner that cannot be chosen stays in the list with the reason, a former one is not there', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const unsigned = await givenReseller(portal.world.deps, { name: 'Çukurova Bulut', signed: false })
  await givenPartnership(portal.world.deps, shop.provider, unsigned)
  const former = await givenReseller(portal.world.deps, { name: 'Trakya Bilişim' })
  await givenPartnership(portal.world.deps, shop.provider, former, { ended: true })
  const page = await portal.open(`/customers/${shop.customer.customerId}/new-subscription`, { as: shop.agent })

  await page.getByRole('button', { name: words.en.add }).click()

  const choices = await page.getByLabel('Reseller', { exact: true }).locator('option').allTextContents()
  assert.ok(choices.some((choice) => choice.startsWith('Çukurova Bulut – ')))
  assert.ok(!choices.some((choice) => choice.includes('Trakya')))
  assert.equal(await page.getByLabel('Reseller', { exact: true }).locator('option[disabled]').count(), 1)
})

test('S47 F195 the customer sees its subscriptions with the support contact of each', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  await givenSubscription(portal, shop)
  const admin = await givenUser(portal.world.deps, {
    organizationId: shop.customer.customerId,
    kind: 'customer',
    roles: ['global_admin'],
  })
  const page = await portal.open('/my-subscriptions', { as: admin })

  await page
    .getByRole('row', { name: /Business Standard/ })
    .getByText(shop.provider.name)
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'support@test.example' }).waitFor()
  await assertAccessible(page)
})

test('S45 owner rights of a usage-based service are shown as not confirmed until somebody confirms them', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const usage = await givenOffer(portal.world.deps, { title: 'Compute', kind: 'usage', term: '', billingPlan: '' })
  const [subscriptionId = '' as SubscriptionId] = await givenOrder(portal.world.deps, shop, [usage.line(1)], 0)
  await provision(portal.world.deps)
  const page = await portal.open(subscriptionUrl(shop, subscriptionId), { as: shop.agent })

  await page.getByText('Not confirmed').waitFor()
  assert.match(
    (await page.getByRole('link', { name: /Open the service's portal/ }).getAttribute('href')) ?? '',
    /^https:/,
  )
  await page.getByRole('button', { name: 'Confirm that rights were granted' }).click()
  await page.getByText('Granted', { exact: true }).waitFor()
})

test('S3 S64 S103 the subscription shows three parties, a partnership that ended, and that no incentive applies', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const plain = await givenOffer(portal.world.deps, { title: 'Plain', incentive: false })
  const [subscriptionId = '' as SubscriptionId] = await givenOrder(portal.world.deps, shop, [
    plain.line(2, shop.reseller.partnerId),
  ])
  await provision(portal.world.deps)
  await sql`alter table partnerships drop constraint partnerships_ended_is_attested`.execute(portal.world.deps.db)
  await sql`update partnerships set state = 'ended', ended_at = now()`.execute(portal.world.deps.db)
  const page = await portal.open(subscriptionUrl(shop, subscriptionId), { as: shop.agent })

  const parties = page.getByRole('region', { name: 'Parties' })
  for (const name of [shop.provider.name, shop.reseller.name, shop.customer.name])
    await parties.getByText(name).first().waitFor()
  await parties.getByText('Partnership ended').waitFor()
  await page.getByText('Not applicable').waitFor()
})

test('F126 orders are listed for all customers and for one, and open to their lines', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  await givenSubscription(portal, shop)
  const page = await portal.open('/orders', { as: shop.agent })

  await page.getByRole('button', { name: /^Show more of/ }).click()
  await page.getByRole('link', { name: 'Business Standard' }).waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: shop.customer.name }).click()
  await page.getByRole('heading', { name: shop.customer.name, level: 1 }).waitFor()
  await page.getByText('Completed', { exact: true }).waitFor()
})

test('the pages of sales are accessible on a phone and in the dark', async () => {
  await using portal = await portalWorld({ now: rightNow })
  const shop = await givenShop(portal)
  const subscriptionId = await givenSubscription(portal, shop)
  const { customerId } = shop.customer
  const look: Look = { width: 390, theme: 'dark', as: shop.agent }
  const pages = [
    `/customers/${customerId}/subscriptions`,
    subscriptionUrl(shop, subscriptionId),
    `/customers/${customerId}/new-subscription`,
    `/customers/${customerId}/orders`,
    '/orders',
  ]
  for (const path of pages) {
    const page = await portal.open(path, look)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await assertAccessible(page)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    assert.equal(overflow, 0, `${path} is wider than the screen`)
    await page.context().close()
  }
})

/** Ten licenses of Business Standard, provisioned, without a reseller. */
async function givenSubscription({ world }: PortalWorld, shop: Shop): Promise<SubscriptionId> {
  const [subscriptionId] = await givenOrder(world.deps, shop, [shop.standard.line(10)])
  if (!subscriptionId) throw new Error('The order has a line.')
  await provision(world.deps)
  return subscriptionId
}

function subscriptionUrl({ customer }: Market, subscriptionId: SubscriptionId): string {
  return `/customers/${customer.customerId}/subscriptions/${subscriptionId}`
}
