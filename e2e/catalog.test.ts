import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenDemoCatalog, priceList } from '../src/features/catalog/test-catalog.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenOperator, givenProvider } from '../src/features/program/test-organizations.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

const words = {
  en: {
    country: 'Country/region',
    germany: 'Germany',
    segment: 'Customer segment',
    education: 'Education',
    search: 'Search this list',
    unavailable: 'Not available',
    otherSegment: 'Only for customers with a qualification of another segment.',
    open: 'Show more of Lodos Donor Relations',
    check: 'Check file',
    price: 'Use a number with a decimal point and at most six decimals, such as 12.50.',
    leaveOut: 'Leave out the bad line',
    importRest: 'Import without the bad lines',
    done: 'What the import did',
    history: 'Imports',
  },
  tr: {
    country: 'Ülke/bölge',
    germany: 'Almanya',
    segment: 'Müşteri segmenti',
    education: 'Eğitim',
    search: 'Bu listede ara',
    unavailable: 'Satılamaz',
    otherSegment: 'Yalnızca başka bir segmentte nitelik kazanmış müşterilere satılır.',
    open: 'Daha fazla göster: Lodos Donor Relations',
    check: 'Dosyayı denetle',
    price: 'Ondalık noktalı ve en çok altı ondalık basamaklı bir sayı yazın; örneğin 12.50.',
    leaveOut: 'Hatalı satırı dışarıda bırak',
    importRest: 'Hatalı satırlar olmadan içeri aktar',
    done: 'İçeri aktarma ne yaptı',
    history: 'İçeri aktarmalar',
  },
} as const

for (const locale of ['en', 'tr'] as const) {
  test(`S75 a sales agent browses what a country and segment allow, and finds the rest with its reason (${locale})`, async () => {
    await using portal = await portalWorld()
    const say = words[locale]
    const { deps } = portal.world
    const provider = await givenProvider(deps)
    const agent = await givenUser(deps, {
      ...provider,
      kind: 'provider',
      roles: ['sales_agent'],
      locale,
      name: 'Selin Aydın',
    })
    await givenDemoCatalog(deps)

    const page = await portal.open('/catalog', { as: agent, language: locale })
    const table = page.getByRole('table')
    await table.getByText('Lodos Analytics Premium').waitFor()
    assert.equal(await table.getByText('Lodos Analytics for Schools').count(), 0)
    await assertAccessible(page)

    await page.getByLabel(say.segment).selectOption({ label: say.education })
    await table.getByText('Lodos Analytics for Schools').waitFor()
    assert.equal(await table.getByText('Lodos Analytics Premium').count(), 0)

    await page.getByRole('searchbox', { name: say.search }).fill('DONÖR relations')
    await table.getByText(say.unavailable).waitFor()
    await page.getByRole('button', { name: say.open }).click()
    await page.getByText(say.otherSegment).waitFor()
    assert.match(page.url(), /segment=education/)
    assert.match(page.url(), /search=/)
  })

  test(`the operator checks a file, sees its bad line, leaves it out, and finds the import in the history (${locale})`, async () => {
    await using portal = await portalWorld()
    const say = words[locale]
    const { deps } = portal.world
    const operator = await givenOperator(deps)
    const representative = await givenUser(deps, {
      ...operator,
      kind: 'operator',
      roles: ['platform_operator'],
      locale,
      name: 'Ada Deniz',
    })

    const page = await portal.open('/catalog/import', { as: representative, language: locale })
    const content = priceList({}, { ProductId: 'OTHER', UnitPrice: '12,5' })
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
    await page.getByRole('button', { name: say.check }).click()
    await page.getByText(say.price).waitFor()
    await assertAccessible(page)

    const importRest = page.getByRole('button', { name: say.importRest })
    assert.equal(await importRest.getAttribute('aria-disabled'), 'true')
    await page.getByRole('checkbox', { name: say.leaveOut }).check()
    await importRest.click()

    await page.getByRole('heading', { name: say.done }).waitFor()
    await page.getByRole('table', { name: say.history }).getByText('list.csv').waitFor()
    const stored = await deps.db.selectFrom('skus').select('product_id').execute()
    assert.deepEqual(stored, [{ product_id: 'MAIL' }])
  })
}
