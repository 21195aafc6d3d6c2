import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import type { SubscriptionId } from '../src/kernel/ids.ts'
import { givenMarket, givenOffer, givenOrder } from '../src/features/orders/test-orders.ts'
import { provision } from '../src/features/subscriptions/test-subscriptions.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

/** What the buttons and fields are called; the same words as in docs/glossary.md. */
const words = {
  en: {
    licenses: 'Number of licenses',
    submit: 'Submit',
    renewal: 'Manage renewal',
    align: 'End date alignment',
    schedule: 'Schedule the change',
    plan: /Business Standard, 12 licenses, 1 year, Monthly/,
    drops: 'What is lost',
    planAgain: 'Plan it again',
    suspend: 'Suspend',
    reason: 'Reason for the suspension',
    reactivate: 'Reactivate',
    renewLost: 'Auto-renew was turned off by the suspension. Turn it on again if needed.',
    turnOn: 'Turn auto-renew on',
    renews: 'Auto-renews on 30 Nov 2027',
    cancel: 'Cancel subscription',
    understand: /^I understand that this is final/,
    differs: 'This comes to something else now than you were shown',
    canceled: 'Canceled',
  },
  tr: {
    licenses: 'Lisans sayısı',
    submit: 'Gönder',
    renewal: 'Yenilemeyi yönet',
    align: 'Bitiş tarihi hizalama',
    schedule: 'Değişikliği zamanla',
    plan: /Business Standard, 12 lisans, 1 yıl, Aylık/,
    drops: 'Kaybedilenler',
    planAgain: 'Yeniden planla',
    suspend: 'Askıya al',
    reason: 'Askıya alma nedeni',
    reactivate: 'Yeniden etkinleştir',
    renewLost: 'Askıya alma otomatik yenilemeyi kapattı. Gerekirse yeniden açın.',
    turnOn: 'Otomatik yenilemeyi aç',
    renews: '30 Kas 2027 tarihinde otomatik yenilenir',
    cancel: 'Aboneliği iptal et',
    understand: /^Bunun kalıcı olduğunu/,
    differs: 'Sonuç artık size gösterilenden farklı',
    canceled: 'İptal edildi',
  },
} as const

async function total(page: Page, amount: RegExp): Promise<void> {
  await page.locator('[data-test="preview-total"]').filter({ hasText: amount }).waitFor()
}

for (const language of ['en', 'tr'] as const) {
  const w = words[language]

  test(`F130 F132 F135 F143 F145 F146 F147 I6 I7 I8 I9 a subscription is reduced, planned, suspended, reactivated and canceled, each seen before it is done (${language})`, async () => {
    await using portal = await portalWorld({ now: new Date('2026-12-01T09:00:00Z') })
    const { world } = portal
    const market = await givenMarket(world)
    await sql`update users set locale = ${language} where id = ${market.agent.userId}`.execute(world.deps.db)
    const offer = await givenOffer(world.deps, { title: 'Business Standard' })
    const [id = '' as SubscriptionId] = await givenOrder(world.deps, market, [offer.line(10)])
    await provision(world.deps)
    world.now = new Date('2026-12-05T09:00:00Z')
    const page = await portal.open(`/customers/${market.customer.customerId}/subscriptions/${id}`, {
      language,
      as: market.agent,
    })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const dialog = page.locator('[role="dialog"], [role="alertdialog"]')

    // 2 × 100.25 × 26 / 31, each rounded down: to the cent.
    await page.getByLabel(w.licenses).fill('8')
    await total(page, /168[.,]16/)
    await assertAccessible(page)
    await button(w.submit).click()
    await page.locator('[data-test="preview-total"]').waitFor({ state: 'detached' })

    await page.getByRole('link', { name: w.renewal }).click()
    await page.getByRole('heading', { name: w.renewal, level: 1 }).waitFor()
    await page.getByLabel(w.licenses).fill('12')
    await page.getByLabel(w.align).waitFor()
    await page.getByText(w.plan).first().waitFor()
    await assertAccessible(page)
    await button(w.schedule).click()
    await page.getByRole('heading', { name: 'Business Standard', level: 1 }).waitFor()
    await page.getByText(w.plan).first().waitFor()

    await page.getByLabel(w.licenses).fill('7')
    await page.getByText(w.drops).waitFor()
    await button(w.submit).click()
    await page.getByRole('link', { name: w.planAgain }).waitFor()

    await button(w.suspend).click()
    await page.getByLabel(w.reason).selectOption('nonPayment')
    await dialog.getByText(w.drops).waitFor()
    await assertAccessible(page)
    await dialog.getByRole('button', { name: w.suspend, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await button(w.reactivate).click()
    await dialog.getByRole('button', { name: w.reactivate, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(w.renewLost).waitFor()
    await button(w.turnOn).first().click()
    await page.getByText(w.renewLost).waitFor({ state: 'detached' })
    await page.getByText(w.renews).first().waitFor()

    await button(w.cancel).click()
    await total(page, /588[.,]56/)
    world.now = new Date('2026-12-06T09:00:00Z')
    await dialog.getByLabel(w.understand).check()
    await dialog.getByRole('button', { name: w.cancel, exact: true }).click()
    await dialog.getByText(w.differs).waitFor()
    await total(page, /565[.,]88/)
    await dialog.getByRole('button', { name: w.cancel, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(w.canceled, { exact: true }).first().waitFor()

    const { rows } = await sql<{ type: string; quantity: number; retail: number }>`
      select type, quantity, retail_minor::int as retail from charge_lines order by written_at, id`.execute(
      world.deps.db,
    )
    // 100.25 × 25 / 31 = 80.84…
    assert.deepEqual(
      rows.map(({ type, quantity, retail }) => [type, quantity, retail]),
      [
        ['new', 10, 100_250],
        ['removeQuantity', -2, -16_816],
        ['removeQuantity', -1, -8_408],
        ['cancelImmediate', -7, -56_588],
      ],
    )
  })
}
