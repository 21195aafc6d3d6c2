import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenOrganization } from '../src/features/audit/test-parties.ts'
import { openReceiver } from '../src/features/events/test-receiver.ts'
import { deliver, reachesItself, send } from '../src/features/events/test-webhooks.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

const words = {
  en: {
    menu: 'Webhooks',
    add: 'Add a webhook',
    url: 'Address',
    types: 'Event types',
    confirm: 'Add the webhook',
    copy: 'Copy the secret',
    done: 'Done',
    test: 'Send a test event',
    delivered: 'Delivered',
    givenUp: 'Given up',
    off: 'Switch off',
    isOff: 'The webhook is off. Nothing is queued for it.',
  },
  tr: {
    menu: 'Webhook’lar',
    add: 'Webhook ekle',
    url: 'Adres',
    types: 'Olay türleri',
    confirm: 'Webhook’u ekle',
    copy: 'Gizli anahtarı kopyala',
    done: 'Bitti',
    test: 'Sınama olayı gönder',
    delivered: 'Teslim edildi',
    givenUp: 'Vazgeçildi',
    off: 'Kapat',
    isOff: 'Webhook kapalı. Onun için hiçbir şey sıraya alınmaz.',
  },
} as const

test('a Global admin adds a webhook, copies its secret, tests it, and sees what became of it (en, tr)', async () => {
  await using portal = await portalWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const { world } = portal
  const organizationId = await givenOrganization(world.deps, 'provider', 'Ege Dağıtım')

  for (const language of ['en', 'tr'] as const) {
    const say = words[language]
    const admin = await givenUser(world.deps, {
      organizationId,
      kind: 'provider',
      roles: ['global_admin'],
      locale: language,
    })
    const page = await portal.open('/', { as: admin, language, ...(language === 'tr' ? { theme: 'dark' } : {}) })
    await page.getByRole('link', { name: say.menu }).click()
    await page.getByRole('button', { name: say.add }).first().click()
    const form = page.getByRole('dialog')
    await form.getByRole('textbox', { name: say.url }).fill('https://169.254.169.254/latest')
    await form.getByRole('textbox', { name: say.types }).fill('order.*, webhook.created')
    await form.getByRole('button', { name: say.confirm }).click()
    // It leads into the cloud the server runs in.
    await form.getByRole('alert').first().waitFor()
    await assertAccessible(page)
    await form.getByRole('textbox', { name: say.url }).fill(`${receiver.url}&${language}`)
    await form.getByRole('button', { name: say.confirm }).click()

    const once = page.getByRole('alertdialog')
    const secret = await once.getByText(/^whsec_/).innerText()
    await assertAccessible(page)
    await once.getByRole('button', { name: say.copy }).click()
    await page.getByRole('dialog').or(once).getByRole('button', { name: say.done }).click()
    await page.getByRole('link', { name: `${receiver.url}&${language}` }).click()

    receiver.answer = 500
    await page.getByRole('button', { name: say.test }).click()
    await page.getByRole('table').getByText('webhook.test').waitFor()
    await send(world)
    await page.getByRole('table').getByText(say.givenUp).waitFor()
    receiver.answer = 204
    await page.getByRole('button', { name: say.test }).click()
    await deliver(world)
    await page.getByRole('table').getByText(say.delivered).waitFor()
    await assertAccessible(page)
    assert.ok(!(await page.content()).includes(secret))

    await page.getByRole('main').getByRole('button', { name: say.off }).click()
    await page.getByText(say.isOff).waitFor()
  }
})
