import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenOperator, givenProvider, givenReseller } from '../src/features/program/test-organizations.ts'
import en from '../src/strings/en/program.json' with { type: 'json' }
import tr from '../src/strings/tr/program.json' with { type: 'json' }
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

test('S12 S13 S110 the provider reads its entry as resellers see it and is told who can change it, in both languages', async () => {
  await using portal = await portalWorld()
  const { admin, reseller } = await givenDirectory(portal)

  for (const [language, t] of [
    ['en', en],
    ['tr', tr],
  ] as const) {
    await portal.world.deps.db.updateTable('users').set({ locale: language }).execute()
    const page = await portal.open('/profile', { as: admin, language })
    await page.getByRole('heading', { name: t.profile.title }).waitFor()
    await page.getByText(language === 'en' ? 'Wide range.' : 'Geniş ürün yelpazesi.').waitFor()
    await page.getByText(t.profile.readOnly).waitFor()
    await page.getByText('rana@vendor.example').waitFor()
    await page.getByRole('button', { name: t.profile.contact }).waitFor()
    assert.equal(await page.locator('main').getByRole('textbox').count(), 0, 'nothing can be edited')
    await assertAccessible(page)

    const seen = await portal.open('/directory', { as: reseller, language })
    await seen.getByRole('link', { name: 'Anadolu Dağıtım' }).click()
    await seen.getByRole('heading', { name: 'Anadolu Dağıtım' }).waitFor()
    await seen.getByText(t.service.licensing).waitFor()
    assert.equal(await seen.getByText('rana@vendor.example').count(), 0)
    await assertAccessible(seen)
  }
})

test('S12 S13 the operator changes an entry; taken off the list, the provider reads why and resellers do not find it', async () => {
  await using portal = await portalWorld()
  const { admin, reseller, operator } = await givenDirectory(portal)
  const page = await portal.open('/directory', { as: operator })

  await page.getByRole('link', { name: 'Anadolu Dağıtım' }).click()
  await page.getByRole('link', { name: en.directory.edit }).click()
  await page.getByRole('checkbox', { name: en.edit.listed }).uncheck()
  await page.getByRole('textbox', { name: en.edit.notListedReason }).fill('Documents are being checked.')
  await page.getByRole('textbox', { name: new RegExp(`^${en.edit.contactEmail} \\(`) }).fill('nobody')
  await assertAccessible(page)
  await page.getByRole('button', { name: en.edit.save }).click()
  await page.getByText('Enter an email address such as name@example.com.').first().waitFor()
  await page.getByRole('textbox', { name: new RegExp(`^${en.edit.contactEmail} \\(`) }).fill('partners@anadolu.example')
  await page.getByRole('button', { name: en.edit.save }).click()
  await page.getByText(en.edit.saved).waitFor()

  const own = await portal.open('/profile', { as: admin })
  await own.getByText('Documents are being checked.').waitFor()
  await assertAccessible(own)
  const seen = await portal.open('/directory', { as: reseller })
  await seen.getByText(en.directory.empty).waitFor()
  const all = await portal.open('/organizations', { as: operator })
  await all.getByRole('link', { name: 'Anadolu Dağıtım' }).waitFor()
  await assertAccessible(all)
})

async function givenDirectory({ world: { deps } }: PortalWorld) {
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const operator = await givenOperator(deps)
  await deps.db
    .insertInto('directory_profiles')
    .values({
      provider_id: provider.organizationId,
      listed: true,
      description_en: 'Wide range.',
      description_tr: 'Geniş ürün yelpazesi.',
      services: ['licensing', 'support'],
      website: 'https://anadolu.example',
      contact_email: 'partners@anadolu.example',
      contact_phone: '+90 212 111 11 11',
      representative_name: 'Rana Rep',
      representative_email: 'rana@vendor.example',
      updated_at: deps.now(),
    })
    .execute()
  return {
    admin: await givenUser(deps, {
      organizationId: provider.organizationId,
      kind: 'provider',
      roles: ['global_admin'],
    }),
    reseller: await givenUser(deps, {
      organizationId: reseller.organizationId,
      kind: 'reseller',
      roles: ['sales_agent'],
    }),
    operator: await givenUser(deps, {
      organizationId: operator.organizationId,
      kind: 'operator',
      roles: ['platform_operator'],
    }),
  }
}
