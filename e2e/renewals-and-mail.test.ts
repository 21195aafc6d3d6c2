import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { givenCustomer } from '../src/features/customers/test-customers.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenSubscription } from '../src/features/overview/test-subscriptions.ts'
import { givenPartnership } from '../src/features/partnerships/test-partnerships.ts'
import { givenOperator, givenProvider, givenReseller } from '../src/features/program/test-organizations.ts'
import { renewalReminders } from '../src/features/subscriptions/remind-renewals.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

const words = {
  en: {
    radar: 'Renewal radar',
    menu: 'Outbox',
    decide: 'Decide: auto-renew is off',
    choose: 'Needs a decision',
    sixty: '60 days',
    export: 'Export list',
    noServer: 'There is no mail server',
    subject: /subscriptions renew or end soon/,
    listed: /In 7 days, on 8 Dec 2026/,
    retry: 'Try again',
    reason: /Set SMTP_URL and MAIL_FROM/,
  },
  tr: {
    radar: 'Yenileme radarı',
    menu: 'Giden kutusu',
    decide: 'Karar: otomatik yenileme kapalı',
    choose: 'Karar bekliyor',
    sixty: '60 gün',
    export: 'Listeyi dışarı aktar',
    noServer: 'E-posta sunucusu yok',
    subject: /abonelik yakında yenileniyor veya sona eriyor/,
    listed: /7 gün sonra, 8 Ara 2026/,
    retry: 'Yeniden dene',
    reason: /SMTP_URL ve MAIL_FROM/,
  },
} as const

test('F238 S110 the radar says what ends and what to decide, a reminder leads to it, and the operator reads the mail', async () => {
  await using portal = await portalWorld()
  const { deps, now } = portal.world
  const [provider, reseller, operator] = [
    await givenProvider(deps),
    await givenReseller(deps),
    await givenOperator(deps),
  ]
  const partnershipId = await givenPartnership(deps, provider, reseller)
  const { customerId } = await givenCustomer(deps, provider, {
    name: 'Kestane Gıda',
    reseller: { organizationId: reseller.organizationId, partnershipId },
  })
  const sold = { customerId, providerId: provider.organizationId }
  await givenSubscription(deps, { ...sold, friendlyName: 'Merkez', endOn: '2026-12-08' })
  const off = await givenSubscription(deps, { ...sold, friendlyName: 'Şube', endOn: '2026-12-08' })
  await givenSubscription(deps, { ...sold, friendlyName: 'Depo', endOn: '2027-01-20' })
  await sql`update subscriptions set auto_renew = false where id = ${off.subscriptionId}`.execute(deps.db)
  const at = (language: 'en' | 'tr') => ({
    agent: { ...provider, kind: 'provider', roles: ['admin_agent'], locale: language } as const,
    operator: { ...operator, kind: 'operator', roles: ['platform_operator'], locale: language } as const,
  })
  const people = {
    en: { agent: await givenUser(deps, at('en').agent), operator: await givenUser(deps, at('en').operator) },
    tr: { agent: await givenUser(deps, at('tr').agent), operator: await givenUser(deps, at('tr').operator) },
  }
  await renewalReminders.run(deps, provider.organizationId, now, new AbortController().signal)

  for (const language of ['en', 'tr'] as const) {
    const say = words[language]
    const look =
      language === 'en' ? ({ width: 1440, theme: 'light' } as const) : ({ width: 390, theme: 'dark' } as const)
    const page = await portal.open('/renewals', { as: people[language].agent, language, ...look })
    await page.getByRole('heading', { level: 1, name: say.radar }).waitFor()
    await page.getByText(say.decide).first().waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: say.sixty }).click()
    await page.getByText('Depo').first().waitFor()
    await page.getByRole('button', { name: say.choose }).click()
    await page.waitForURL(/outcome=decision/)
    await page.getByText('Depo').first().waitFor({ state: 'detached' })
    await page.getByText('Şube').first().waitFor()
    const [wide, screen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
    assert.ok(wide <= screen, `the radar is ${wide} px wide`)

    const outbox = await portal.open('/outbox', { as: people[language].operator, language, ...look })
    await outbox.getByText(say.noServer).waitFor()
    await assertAccessible(outbox)
    await outbox.getByRole('link', { name: say.subject }).first().click()
    await outbox.frameLocator('iframe').getByRole('heading', { level: 2 }).waitFor()
    const inner = await outbox.frameLocator('iframe').getByRole('heading', { level: 2 }).innerText()
    assert.match(inner, say.listed)
    assert.equal(await outbox.locator('iframe').getAttribute('sandbox'), '')
  }
})
