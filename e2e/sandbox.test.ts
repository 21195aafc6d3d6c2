import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { dueWorks } from '../src/app.ts'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder } from '../src/features/orders/test-orders.ts'
import { sandboxSweeps } from '../src/features/sandbox/jobs.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    mark: /^Sandbox, /,
    menu: 'Sandbox clock',
    date: 'To date',
    go: 'Move the clock',
    waiting: 'Starting in a moment',
    month: 'One month',
    acts: 'Subscription provisioned: 2',
    arrived: 'Arrived',
    day: '5 Dec 2027',
    delay: 'Delay in minutes',
    save: 'Save',
    saved: 'Saved. It counts from the next try.',
    more: 'More actions',
    reset: 'Reset the sandbox',
    confirm: 'Type the name to confirm',
    empty: 'The sandbox is empty, and its clock shows the time of now.',
  },
  tr: {
    mark: /^Test ortamı, /,
    menu: 'Test ortamı saati',
    date: 'Tarihe',
    go: 'Saati ilerlet',
    waiting: 'Birazdan başlıyor',
    month: 'Bir ay',
    acts: 'Abonelik sağlandı: 2',
    arrived: 'Ulaştı',
    day: '5 Ara 2027',
    delay: 'Dakika olarak gecikme',
    save: 'Kaydet',
    saved: 'Kaydedildi. Sonraki denemeden itibaren geçerli.',
    more: 'Diğer işlemler',
    reset: 'Test ortamını sıfırla',
    confirm: 'Onaylamak için adı yazın',
    empty: 'Test ortamı boş; saati şimdiki zamanı gösteriyor.',
  },
} as const

test('A89 a sandbox is marked, its clock is moved a year with its counts, fulfillment is simulated, and it is emptied', async () => {
  await using portal = await portalWorld()
  const { admins, helpdesk, name } = await givenSandbox(portal)
  for (const language of ['en', 'tr'] as const) {
    const say = words[language]
    const page = await portal.open('/', {
      as: admins[language],
      language,
      ...(language === 'tr' ? { width: 390 } : {}),
    })
    await page.getByRole('link', { name: say.mark }).click()
    await page.getByRole('heading', { level: 1, name: say.menu }).waitFor()
    await assertAccessible(page)

    await page.getByLabel(say.date).fill(language === 'en' ? '2027-12-05' : '2028-12-05')
    await page.getByRole('button', { name: say.go }).click()
    await page.getByText(say.waiting).waitFor()
    assert.equal(await page.getByRole('button', { name: say.month }).getAttribute('aria-disabled'), 'true')
    await sweep(portal)
    await page.getByText(say.acts).first().waitFor()
    await page.getByText(say.arrived, { exact: true }).first().waitFor()
    if (language === 'en') await page.getByRole('link', { name: `Sandbox, ${say.day}` }).waitFor()
    await assertAccessible(page)

    await page.getByLabel(say.delay).fill('90')
    await page.getByRole('button', { name: say.save, exact: true }).click()
    await page.getByText(say.saved).waitFor()

    if (language === 'en') {
      const other = await portal.open('/', { as: helpdesk, language })
      await other.getByText(say.mark).waitFor()
      assert.equal(await other.getByRole('link', { name: say.menu }).count(), 0)
      continue
    }
    await page.getByRole('button', { name: say.more }).click()
    await page.getByRole('menuitem', { name: say.reset }).click()
    const dialog = page.getByRole('alertdialog')
    assert.equal(await dialog.getByRole('button', { name: say.reset }).getAttribute('aria-disabled'), 'true')
    await dialog.getByLabel(say.confirm).fill(name)
    await assertAccessible(page)
    await dialog.getByRole('button', { name: say.reset }).click()
    await page.getByText(say.empty).waitFor()
  }
  const { rows } = await sql<{ found: number }>`select count(*)::int as found from subscriptions`.execute(
    portal.world.deps.db,
  )
  assert.deepEqual(rows, [{ found: 0 }])
})

async function givenSandbox({ world }: PortalWorld) {
  const { deps } = world
  const { provider, agent, customer } = await givenMarket(world)
  await sql`update organizations set world = 'sandbox' where id = ${provider.organizationId}`.execute(deps.db)
  const offer = await givenOffer(deps)
  await givenOrder(deps, { agent, customer }, [offer.line(3), offer.line(4)])
  const person = (role: 'global_admin' | 'helpdesk_agent', locale: 'en' | 'tr' = 'en'): Promise<TestUser> =>
    givenUser(deps, { organizationId: provider.organizationId, kind: 'provider', roles: [role], locale })
  const admins = { en: await person('global_admin'), tr: await person('global_admin', 'tr') }
  return { admins, helpdesk: await person('helpdesk_agent'), name: provider.name }
}

async function sweep({ world }: PortalWorld): Promise<void> {
  for (const one of sandboxSweeps(dueWorks)) await one.run(world.deps, new AbortController().signal)
}
