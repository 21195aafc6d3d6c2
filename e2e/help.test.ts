import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

test('S9 S10 S108 S109 the help pages open without an account, in both languages, and their address can be copied', async () => {
  await using portal = await portalWorld()
  const topics = [
    ['reseller-requirements', 'What an indirect reseller needs', 'Dolaylı bayinin gereksinimleri'],
    ['partner-with-providers', 'Partner with indirect providers', 'Dolaylı sağlayıcılarla iş ortaklığı'],
    ['partner-agreement', 'Questions about the partner agreement', 'İş ortağı sözleşmesi hakkında sorular'],
    [
      'customers-and-subscriptions',
      'Manage customer accounts and subscriptions',
      'Müşteri hesaplarını ve aboneliklerini yönetme',
    ],
  ] as const
  const english = await portal.open('/help')
  const turkish = await portal.open('/help', { language: 'tr', width: 390 })
  for (const [topic, title, baslik] of topics) {
    await english.getByRole('link', { name: title }).click()
    await english.getByRole('heading', { name: title, level: 1 }).waitFor()
    assert.equal(new URL(english.url()).pathname, `/help/${topic}`)
    await turkish.getByRole('link', { name: baslik }).click()
    await turkish.getByRole('heading', { name: baslik, level: 1 }).waitFor()
    await assertAccessible(english)
    await assertAccessible(turkish)
    await english.goBack()
    await turkish.goBack()
  }

  await english.getByRole('link', { name: 'Partner with indirect providers' }).click()
  await english.getByRole('button', { name: 'Copy the link to this page' }).click()
  await english.getByText('Link copied').waitFor()
  assert.equal(await english.evaluate('navigator.clipboard.readText()'), `${portal.url}/help/partner-with-providers`)
})

test('an unknown address says that there is no such page', async () => {
  await using portal = await portalWorld()
  const page = await portal.open('/no/such/page')

  await page.getByRole('heading', { name: 'Not found' }).waitFor()
  await assertAccessible(page)
})
