import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../src/features/audit/record.ts'
import { givenCustomer } from '../src/features/customers/test-customers.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { notify } from '../src/features/notifications/notify.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, type TestOrganization } from '../src/features/program/test-organizations.ts'
import type { Role } from '../src/kernel/permissions.ts'
import type { Locale } from '../src/platform/context.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    setup: 'Set up in three steps',
    steps: ['Review your public profile', 'Connect with resellers', 'Connect with customers'],
    progress: '0 of 3 done',
    mark: 'Mark as reviewed',
    one: '1 of 3 done',
    resellers: 'Indirect resellers',
    activity: 'Activity log',
    changed: 'Contact changed',
    created: 'Customer created',
    allActions: 'Action',
    onBehalf: 'on behalf of Kestane Gıda',
    export: 'Export log',
    notifications: 'Notifications',
    accepted: 'Rüzgar Bilişim accepted your partnership request.',
    archive: 'Archive',
    mandatory: 'A mandatory action leaves the list when it is done.',
    nothing: 'No notifications',
  },
  tr: {
    setup: 'Üç adımda kurulum',
    steps: ['Herkese açık profilinizi gözden geçirin', 'Bayilerle bağlantı kurun', 'Müşterilerle bağlantı kurun'],
    progress: '3 adımdan 0 tamamlandı',
    mark: 'Gözden geçirildi olarak işaretle',
    one: '3 adımdan 1 tamamlandı',
    resellers: 'Dolaylı bayiler',
    activity: 'Etkinlik günlüğü',
    changed: 'İlgili kişi değiştirildi',
    created: 'Müşteri oluşturuldu',
    allActions: 'İşlem',
    onBehalf: 'Kestane Gıda adına',
    export: 'Günlüğü dışarı aktar',
    notifications: 'Bildirimler',
    accepted: 'Rüzgar Bilişim iş ortaklığı isteğinizi kabul etti.',
    archive: 'Arşivle',
    mandatory: 'Zorunlu bir eylem, yapılınca listeden çıkar.',
    nothing: 'Bildirim yok',
  },
} as const

async function someone(
  portal: PortalWorld,
  { organizationId }: TestOrganization,
  role: Role,
  locale: Locale,
): Promise<TestUser> {
  return await givenUser(portal.world.deps, {
    organizationId,
    kind: 'provider',
    roles: [role],
    name: 'Selin Satış',
    locale,
  })
}

for (const language of ['en', 'tr'] as const) {
  const say = words[language]

  test(`S11 S110 a new provider finds the three steps on its home page, in order, and marks the first as done (${language})`, async () => {
    await using portal = await portalWorld()
    const provider = await givenProvider(portal.world.deps)
    const page = await portal.open('/', { as: await someone(portal, provider, 'sales_agent', language), language })

    await page.getByRole('heading', { name: say.setup }).waitFor()
    assert.deepEqual(await page.getByRole('heading', { level: 3 }).allInnerTexts(), [...say.steps])
    await page.getByText(say.progress).waitFor()
    await assertAccessible(page)

    await page.getByRole('button', { name: say.mark }).click()
    await page.getByText(say.one).waitFor()
    await page.reload()
    await page.getByText(say.one).waitFor()
  })

  test(`S7 S110 one home page leads to resellers, customers, orders and activity (${language})`, async () => {
    await using portal = await portalWorld()
    const { deps } = portal.world
    const [provider, reseller] = [await givenProvider(deps), await givenReseller(deps)]
    const partnershipId = await givenPartnership(deps, provider, reseller)
    await givenCustomer(deps, provider, {
      name: 'Kestane Gıda',
      reseller: { organizationId: reseller.organizationId, partnershipId },
    })
    const page = await portal.open('/', { as: await someone(portal, provider, 'sales_agent', language), language })

    const menu = page.getByRole('navigation').first()
    for (const href of ['/resellers', '/customers', '/orders', '/catalog', '/profile', '/activity']) {
      await menu.locator(`a[href="${href}"]`).waitFor()
    }
    await page.locator('main a[href="/customers"]').waitFor()
    await page.locator('main a[href="/resellers"]').click()
    await page.getByRole('heading', { level: 1, name: say.resellers }).waitFor()
  })

  test(`S68 the activity log says who did what for whom, with old and new values, and its filters are in the address (${language})`, async () => {
    await using portal = await portalWorld()
    const { deps, now } = portal.world
    const provider = await givenProvider(deps)
    const customer = await givenCustomer(deps, provider, { name: 'Kestane Gıda' })
    const agent = await someone(portal, provider, 'admin_agent', language)
    await deps.db.transaction().execute(async (tx) => {
      const about = { subjectKind: 'customer', subjectId: customer.customerId, customerId: customer.customerId }
      await record(tx, agent.actor, now, { ...about, action: 'customer.created', after: { name: customer.name } })
      await record(tx, agent.actor, now, {
        ...about,
        action: 'customer.contact_changed',
        onBehalfOf: customer.name,
        before: { phone: '+90 212 555 0101' },
        after: { phone: '+90 212 555 0202' },
      })
    })
    const page = await portal.open('/activity?from=2026-11-01', { as: agent, language })

    const row = page.getByRole('row').filter({ hasText: say.changed })
    await row.getByText(say.onBehalf).waitFor()
    await row.getByRole('button').first().click()
    await page.getByText('+90 212 555 0101').waitFor()
    await page.getByText('+90 212 555 0202').waitFor()
    await assertAccessible(page)

    await page.getByRole('combobox', { name: say.allActions }).selectOption('customer.contact_changed')
    await page.waitForURL(/action=customer\.contact_changed/)
    await page.getByRole('row').filter({ hasText: say.created }).waitFor({ state: 'detached' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: say.export })
        .or(page.getByRole('button', { name: say.export }))
        .click(),
    ])
    assert.equal(download.suggestedFilename(), 'activity-2026-12-01.csv')
  })

  test(`S31 the action center tells that a reseller accepted, and keeps what is mandatory (${language})`, async () => {
    await using portal = await portalWorld()
    const { deps, now } = portal.world
    const provider = await givenProvider(deps)
    const { organizationId } = provider
    const audienceRoles = ['global_admin'] as const
    await deps.db.transaction().execute(async (tx) => {
      const news = {
        class: 'transactional',
        kind: 'partnershipAccepted',
        params: { reseller: 'Rüzgar Bilişim' },
        link: '/resellers',
      } as const
      await notify(tx, now, { organizationId, audienceRoles, ...news })
      const duty = {
        class: 'mandatory',
        kind: 'agreementMissing',
        params: { region: 'Europe' },
        link: '/profile',
        dueOn: '2026-11-20',
      } as const
      await notify(tx, now, { organizationId, audienceRoles, ...duty })
    })
    const page = await portal.open('/action-center', {
      as: await someone(portal, provider, 'global_admin', language),
      language,
    })

    const duty = page.getByRole('row').nth(1)
    await duty.getByRole('button').last().click()
    await page.getByText(say.mandatory).waitFor()
    await page.keyboard.press('Escape')
    await assertAccessible(page)

    await page.getByRole('link', { name: say.notifications, exact: true }).click()
    const news = page.getByRole('row').filter({ hasText: say.accepted })
    await news.getByRole('button').last().click()
    await page.getByRole('menuitem', { name: say.archive }).click()
    await page.getByText(say.nothing).waitFor()
  })
}

test('S110 home, activity log and action center fit a phone, in the dark too', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const provider = await givenProvider(deps)
  await givenPartnership(deps, provider, await givenReseller(deps))
  const agent = await someone(portal, provider, 'admin_agent', 'tr')

  for (const path of ['/', '/activity', '/action-center']) {
    const page = await portal.open(path, { as: agent, language: 'tr', width: 390, theme: 'dark' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    const [wide, screen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    assert.ok(wide <= screen, `${path} is ${wide} px wide`)
    await assertAccessible(page)
  }
})
