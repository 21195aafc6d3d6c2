import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { givenUser } from '../src/features/identity/test-users.ts'
import { givenOffice, givenPerson } from '../src/features/licenses/test-people.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

test('F183 F184 F186 F187 F189 F191 licenses for several users, delete and restore (en); a list with passwords once (tr)', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const office = await givenOffice(portal.world, 2)
  const { customer } = office
  const path = `/customers/${customer.customerId}/users`
  await sql`update skus set title = 'Lodos Workplace'`.execute(deps.db)
  await sql`
    insert into sku_service_plans (product_id, sku_id, plan_id, name)
    values (${office.offer.productId}, ${office.offer.skuId}, 'MAIL', 'Mail')`.execute(deps.db)
  for (const name of ['Çağla Ay', 'Deniz Kaya', 'İpek Işık']) await givenPerson(deps, customer, { name })
  await givenPerson(deps, customer, { name: 'Mert Öztürk', usageLocation: null })

  // In English, the provider's agent.
  const page = await portal.open(path, { as: office.admin })
  await page.getByRole('table').getByText('Deniz Kaya').waitFor({ timeout: 30_000 })
  for (const name of ['Çağla Ay', 'Deniz Kaya', 'İpek Işık', 'Mert Öztürk']) {
    await page.getByRole('checkbox', { name: new RegExp(name) }).check()
  }
  await page.getByRole('button', { name: 'Manage licenses' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('2 of 2 available').waitFor()
  await dialog.getByRole('checkbox', { name: 'Lodos Workplace' }).click()
  await dialog.getByText('4 needed, 2 available').waitFor()
  await dialog.getByText('Services').click()
  await dialog.getByRole('checkbox', { name: 'Mail' }).click()
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('2 users changed.').waitFor()
  await dialog.getByText('No licenses available.').waitFor()
  await dialog.getByRole('button', { name: 'Set usage location' }).click()
  await dialog.getByRole('heading', { name: 'Edit Mert Öztürk' }).waitFor()
  await dialog.getByLabel('Usage location').selectOption('TR')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Mert Öztürk saved.').waitFor()
  const { rows } = await sql<{ off: string[] }>`select off_plans as off from license_assignments`.execute(deps.db)
  assert.deepEqual(rows, [{ off: ['MAIL'] }, { off: ['MAIL'] }])

  await page.getByRole('button', { name: 'Actions for Deniz Kaya' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete user' }).click()
  await page.getByText('Deniz Kaya was deleted.').waitFor()
  await page.getByRole('link', { name: 'Deleted users' }).click()
  await page.getByText('30 more days').waitFor()
  await page.getByRole('button', { name: 'Actions for Deniz Kaya' }).click()
  await page.getByRole('menuitem', { name: 'Restore' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('heading', { name: 'New password for Deniz Kaya' }).waitFor()
  await page.getByText(/^\w{5}(-\w{5}){3}$/).waitFor()

  // Without a privilege: who can grant one.
  const { organizationId } = office.reseller
  const reseller = await givenUser(deps, { organizationId, kind: 'reseller', roles: ['admin_agent'] })
  const shut = await portal.open(path, { as: reseller })
  await shut.getByText('You have no delegated access to this customer.').waitFor()
  await assertAccessible(shut)

  // In Turkish, the customer's own global admin, on a phone.
  await sql`update users set locale = 'tr' where id = ${office.owner.userId}`.execute(deps.db)
  const own = await portal.open('/users', { as: office.owner, language: 'tr', width: 390, theme: 'dark' })
  await own.getByText('Çağla Ay').first().waitFor()
  await assertAccessible(own)
  await own.goto(`${portal.url}/users/upload`)
  const choose = (text: string) =>
    own
      .locator('input[type=file]')
      .setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const header = 'First name,Last name,Display name,Email,Usage location,Status update'
  await choose(`${header}\n,,Işıl İnce,isil@baska.example,,\n`)
  await own.getByRole('button', { name: 'Doğrula' }).click()
  await own.getByText('Müşterinin etki alanlarından birindeki bir adres kullanın').waitFor()
  await assertAccessible(own)
  await choose(
    `${header}\n,,Işıl İnce,ISIL@${customer.primaryDomain},,\n,,Ümit Ün,umit@${customer.primaryDomain},DE,\n`,
  )
  await own.getByRole('button', { name: 'Doğrula' }).click()
  await own.getByRole('button', { name: '2 kullanıcı oluştur' }).click()
  const download = own.getByRole('button', { name: 'Geçici parola bilgilerini indir' })
  await download.waitFor()
  await own.getByRole('link', { name: 'Kullanıcılara dön' }).click()
  await own.getByRole('heading', { name: 'Parolaları almadan ayrılıyor musunuz?' }).waitFor()
  await own.getByRole('button', { name: 'Kal', exact: true }).click()
  const [file] = await Promise.all([own.waitForEvent('download'), download.click()])
  const csv = await readFile(await file.path(), 'utf8')
  assert.match(csv, new RegExp(`"Işıl İnce","isil@${customer.primaryDomain}","\\w{5}(-\\w{5}){3}"`))
  await own.getByText('İndirildi.').waitFor()
  await own.reload()
  await own.getByText('2 kullanıcı oluşturuldu').waitFor()
  const password = /(\w{5}(?:-\w{5}){3})/.exec(csv)?.[1] ?? ''
  assert.ok(!(await own.content()).includes(password))
})
