import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { givenUser, type TestUser } from '../src/features/identity/test-users.ts'
import { requestPartnership } from '../src/features/partnerships/request-partnership.ts'
import { givenSharedCustomer } from '../src/features/partnerships/test-customers.ts'
import { givenPartnership, givenSides, tokenIn } from '../src/features/partnerships/test-partnerships.ts'
import { givenReseller } from '../src/features/program/test-organizations.ts'
import enInvitation from '../src/strings/en/invitation.json' with { type: 'json' }
import en from '../src/strings/en/partnerships.json' with { type: 'json' }
import enShell from '../src/strings/en/shell.json' with { type: 'json' }
import trInvitation from '../src/strings/tr/invitation.json' with { type: 'json' }
import tr from '../src/strings/tr/partnerships.json' with { type: 'json' }
import trShell from '../src/strings/tr/shell.json' with { type: 'json' }
import { assertAccessible } from './axe.ts'
import { portalWorld, type PortalWorld } from './portal-world.ts'

const words = {
  en: {
    ...en,
    invitation: enInvitation,
    shell: enShell,
    points: [
      /good faith/,
      /legitimate business purpose/,
      /agreement with the customer/,
      /hold them harmless/,
      /legal notice/,
    ],
  },
  tr: {
    ...tr,
    invitation: trInvitation,
    shell: trShell,
    points: [
      /iyi niyetle/,
      /meşru bir iş amacına/,
      /sözleşmeye uygundur/,
      /zarardan koruyacaksınız/,
      /fesih bildirimi/,
    ],
  },
}

for (const language of ['en', 'tr'] as const) {
  test(`S4 S17 S20 S21 S22 S23 S24 S25 S26 S27 S30 S31 S49 S52 S56 S57 S58 S59 S60 S61 S62 S63 S64 S110 a partnership from request to removal (${language})`, async () => {
    await using portal = await portalWorld()
    const { deps } = portal.world
    const t = words[language]
    const { agent, provider, reseller, resellerAdmin } = await givenSides(deps)
    await speak(portal, language)

    // The provider asks: two clicks from the menu.
    const page = await portal.open('/', { as: agent, language })
    await page.getByRole('link', { name: t.shell.page.resellers, exact: true }).click()
    await page.getByText(t.empty.active).waitFor()
    await assertAccessible(page)
    await page.getByRole('link', { name: t.request }).first().click()
    const body = page.getByRole('textbox', { name: t.draftPage.body })
    await body.waitFor()
    await page.getByText(t.draftPage.recipientHint).waitFor()
    await page.getByRole('textbox', { name: t.draftPage.recipient }).fill('info@reseller.example')
    assert.match(await page.getByRole('textbox', { name: t.draftPage.subject }).inputValue(), new RegExp(provider.name))
    const draft = await body.inputValue()
    const [link = ''] = /\S+\/invitation\/\S+/.exec(draft) ?? []
    assert.ok(link, 'the draft carries the link')
    const edited = `${draft}\n\nPS: ğüşiöç & more?`
    await body.fill(edited)
    await assertAccessible(page)

    const mail = new URL((await page.getByRole('link', { name: t.draftPage.openInEmail }).getAttribute('href')) ?? '')
    assert.equal(mail.protocol, 'mailto:')
    assert.equal(decodeURIComponent(mail.pathname), 'info@reseller.example')
    assert.equal(mail.searchParams.get('body')?.replaceAll('\r\n', '\n'), edited)
    await page.getByRole('button', { name: t.draftPage.copy }).click()
    await page.locator('#announcer').getByText(t.draftPage.copied).waitFor({ state: 'attached' })
    assert.equal((await page.evaluate<string>('navigator.clipboard.readText()')).replaceAll('\r\n', '\n'), edited)
    await page.getByRole('button', { name: t.draftPage.done }).click()
    await page.getByText('info@reseller.example').waitFor()
    await page.getByText(t.draftPage.listed).waitFor()
    await assertAccessible(page)

    // The reseller's global admin opens the link, signs in, comes back to it and accepts.
    const guest = await portal.open(new URL(link).pathname, { language })
    await guest.getByText(provider.name).first().waitFor()
    await assertAccessible(guest)
    await guest.getByRole('link', { name: t.invitation.signIn.action }).click()
    await portal.signIn(guest, resellerAdmin)
    const authorize = guest.getByRole('button', { name: t.invitation.authorize.submit })
    await authorize.waitFor()
    assert.equal(await authorize.getAttribute('aria-disabled'), 'true')
    const [authorization, access] = await guest.getByRole('checkbox').all()
    assert.equal(await access?.isChecked(), false)
    await authorization?.check()
    await assertAccessible(guest)
    await authorize.click()
    await guest.getByText(filled(t.invitation.accepted.title, { name: provider.name })).waitFor()
    await guest.getByRole('link', { name: t.invitation.accepted.open }).click()
    await guest.getByRole('link', { name: provider.name }).waitFor()
    await assertAccessible(guest)

    // Both list each other; the provider removes it again.
    await page.getByRole('link', { name: t.tabs.active, exact: true }).click()
    await page.reload()
    await page.getByRole('link', { name: reseller.name }).waitFor()
    await openRowMenu(page, reseller.name, t.action.remove)
    await page.getByText(filled(t.removal.dialog.title, { reseller: reseller.name })).waitFor()
    const points = page.getByRole('alertdialog').locator('ol li')
    await points.first().waitFor()
    assert.equal(await points.count(), t.points.length)
    for (const [place, point] of t.points.entries()) assert.match(await points.nth(place).innerText(), point)
    const yes = page.getByRole('button', { name: t.removal.dialog.yes, exact: true })
    assert.equal(await yes.getAttribute('aria-disabled'), 'true')
    await assertAccessible(page)
    await page.getByRole('checkbox').check()
    await yes.click()
    await page.getByRole('heading', { name: t.removal.result.title }).waitFor()
    await page.getByText(t.removal.result.noNotice).waitFor()
    assert.match(
      await page.getByRole('textbox', { name: t.removal.result.noticeText }).inputValue(),
      new RegExp(reseller.name),
    )
    await assertAccessible(page)
    await page.getByRole('link', { name: t.removal.result.back }).click()
    await page.getByText(t.empty.active).waitFor()
    await page.getByRole('link', { name: t.tabs.ended }).click()
    await page.getByRole('link', { name: reseller.name }).click()
    await page.getByText(t.detail.ended).first().waitFor()
    const add = page.getByRole('button', { name: t.action.addCustomer })
    assert.equal(await add.getAttribute('aria-disabled'), 'true')
    await page.getByText(t.detail.event.accepted).waitFor()
    await assertAccessible(page)
    await guest.reload()
    await guest.getByText(t.providers.empty).waitFor()
    await guest.getByRole('link', { name: t.tabs.ended }).click()
    await guest.getByRole('link', { name: provider.name }).waitFor()
  })
}

test('S28 a message whose link was changed goes nowhere until the link is restored, and what was typed stays', async () => {
  await using portal = await portalWorld()
  const { agent } = await givenSides(portal.world.deps)
  const page = await portal.open('/resellers/request', { as: agent })
  const body = page.getByRole('textbox', { name: en.draftPage.body })
  await body.waitFor()
  const draft = await body.inputValue()

  await body.fill(`Dear colleagues,\n${draft.replace(/(\/invitation\/\S{5})\S/, '$1')}`)
  await page.getByText(en.draftPage.linkMissing.title).waitFor()
  assert.equal(await page.getByRole('link', { name: en.draftPage.openInEmail }).count(), 0)
  for (const name of [en.draftPage.openInEmail, en.draftPage.copy, en.draftPage.done]) {
    assert.equal(await page.getByRole('button', { name }).getAttribute('aria-disabled'), 'true', name)
  }
  await assertAccessible(page)
  await page.getByRole('button', { name: en.draftPage.restoreLink }).click()

  assert.equal(await body.inputValue(), `Dear colleagues,\n${draft}`)
  await page.getByRole('link', { name: en.draftPage.openInEmail }).waitFor()
  assert.equal(await page.getByText(en.draftPage.linkMissing.title).count(), 0)
})

test('S26 S27 a reload keeps the same request and what was typed; Done asks once when nothing was sent; Cancel withdraws it', async () => {
  await using portal = await portalWorld()
  const { agent } = await givenSides(portal.world.deps)
  const page = await portal.open('/resellers/request', { as: agent })
  const body = page.getByRole('textbox', { name: en.draftPage.body })
  await body.waitFor()
  await body.fill(`${await body.inputValue()}\nTyped`)

  await page.reload()
  await body.waitFor()
  assert.match(await body.inputValue(), /Typed$/)
  const count = async () =>
    (await portal.world.deps.db.selectFrom('partnership_invitations').select('status').execute()).map(
      (row) => row.status,
    )
  assert.deepEqual(await count(), ['issued'])

  await page.getByRole('button', { name: en.draftPage.done }).click()
  await page.getByRole('heading', { name: en.draftPage.notYet.title }).waitFor()
  await page.getByRole('button', { name: en.draftPage.notYet.yes }).click()
  await page.getByRole('row', { name: new RegExp(en.requests.nobody) }).waitFor()

  await page.getByRole('link', { name: en.request }).first().click()
  await body.waitFor()
  assert.doesNotMatch(await body.inputValue(), /Typed/)
  await page.getByRole('button', { name: en.draftPage.cancel }).click()
  await page.getByText(en.empty.active).waitFor()
  assert.deepEqual((await count()).toSorted(), ['issued', 'revoked'])
})

test('S50 S51 S53 S54 S55 the question names the reseller and what stays in numbers; No, Escape and closing change nothing', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { agent, provider, reseller } = await givenSides(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  await givenPartnership(deps, provider, await givenReseller(deps, { name: 'Kalan Bilişim' }))
  await givenSharedCustomer(deps, provider, reseller, partnershipId, { name: 'Alfa', subscriptions: 2 })
  await givenSharedCustomer(deps, provider, reseller, partnershipId, { name: 'Beta' })
  const page = await portal.open('/resellers', { as: agent })
  const dialog = page.getByRole('alertdialog')

  for (const leave of ['no', 'escape'] as const) {
    await openRowMenu(page, reseller.name, en.action.remove)
    await dialog.getByText('2 customers').waitFor()
    await dialog.getByText('2 privileges').waitFor()
    await dialog.getByText('3 subscriptions keep it as reseller of record.').waitFor()
    await dialog.getByRole('checkbox').check()
    if (leave === 'no') await dialog.getByRole('button', { name: en.removal.dialog.no, exact: true }).click()
    else await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }

  const states = await deps.db.selectFrom('partnerships').select('state').execute()
  assert.deepEqual(
    states.map((row) => row.state),
    ['active', 'active'],
  )
  assert.deepEqual(await deps.db.selectFrom('audit_records').select('id').execute(), [])
})

test('S1 S2 S32 S70 S71 a row offers Add new customer with its reseller, or the reason why not; other roles see why they may not', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { agent, helpdesk, provider, reseller } = await givenSides(deps)
  await givenPartnership(deps, provider, reseller)
  await givenPartnership(deps, provider, await givenReseller(deps, { name: 'Çankaya Bulut', signed: false }))
  const page = await portal.open('/resellers', { as: agent })

  await openRowMenu(page, reseller.name)
  assert.equal(
    await page.getByRole('menuitem', { name: en.action.addCustomer }).getAttribute('href'),
    `/customers/new?reseller=${reseller.organizationId}`,
  )
  await page.keyboard.press('Escape')
  await openRowMenu(page, 'Çankaya Bulut')
  const barred = page.getByRole('menuitem', { name: en.action.addCustomer })
  assert.equal(await barred.getAttribute('aria-disabled'), 'true')
  assert.match((await barred.textContent()) ?? '', /A global admin of Çankaya Bulut must sign it/)
  await assertAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('searchbox').last().fill('cankaya')
  await page.getByRole('link', { name: reseller.name }).waitFor({ state: 'detached' })
  assert.equal(new URL(page.url()).searchParams.get('search'), 'cankaya')

  const helper = await portal.open('/resellers', { as: helpdesk })
  await helper.getByRole('link', { name: reseller.name }).waitFor()
  const request = helper.getByRole('button', { name: en.request })
  assert.equal(await request.getAttribute('aria-disabled'), 'true')
  await openRowMenu(helper, reseller.name)
  for (const name of [en.action.addCustomer, en.action.remove]) {
    assert.equal(await helper.getByRole('menuitem', { name }).getAttribute('aria-disabled'), 'true', name)
  }
  const barredPage = await portal.open('/resellers/request', { as: helpdesk })
  await barredPage.getByRole('heading', { name: 'Access denied' }).waitFor()
})

test('S9 S10 S108 the way to what a reseller needs, the address to send it, and the questions on the agreement', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { agent, provider } = await givenSides(deps)
  const page = await portal.open('/resellers', { as: agent })
  await page.getByText(en.empty.active).waitFor()

  await page.getByRole('button', { name: en.guidance.copy }).last().click()
  await page.getByText(en.guidance.copied).first().waitFor()
  const address = await page.evaluate<string>('navigator.clipboard.readText()')
  const guest = await portal.open(new URL(address).pathname)
  await guest.getByRole('heading', { name: 'Partner with indirect providers' }).waitFor()
  await page.getByRole('link', { name: en.guidance.open }).click()
  await page.getByRole('heading', { name: 'What an indirect reseller needs' }).waitFor()

  const unsigned = await givenReseller(deps, { name: 'Çankaya Bulut', signed: false })
  const id = await givenPartnership(deps, provider, unsigned)
  await page.goto(`${portal.url}/resellers/${id}`)
  await page.getByText(/Existing subscriptions run on/).waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: en.detail.agreementHelp }).click()
  await page.getByRole('heading', { name: 'Questions about the partner agreement' }).waitFor()
})

test('S18 S19 S29 on a phone each person who opens a link is told what stands in the way and what comes next', async () => {
  await using portal = await portalWorld()
  const { deps } = portal.world
  const { agent, resellerSales, resellerAdmin } = await givenSides(deps)
  const { link } = await requestPartnership(deps, agent.actor, { language: 'en' })
  const path = `/invitation/${tokenIn(link)}`
  const pending = await givenReseller(deps, { name: 'Hitit', enrollment: 'pending', signed: false, located: false })
  const unenrolled = await globalAdmin(portal, pending.organizationId)
  const far = await globalAdmin(portal, (await givenReseller(deps, { name: 'Rhein', country: 'DE' })).organizationId)
  const see = async (address: string, text: string | RegExp, as?: TestUser) => {
    const page = await portal.open(address, { width: 390, ...(as ? { as } : {}) })
    await page.getByText(text).first().waitFor()
    await assertAccessible(page)
    return page
  }

  await see(`${path.slice(0, -3)}abc`, enInvitation.state.invalid.title)
  const visitor = await see(path, enInvitation.signIn.body)
  await visitor.getByRole('link', { name: enInvitation.signIn.enroll }).waitFor()
  const waiting = await see(path, /Hitit is not enrolled as an indirect reseller/, unenrolled)
  await waiting.getByRole('link', { name: enInvitation.state.notEnrolled.action }).waitFor()
  await see(path, 'Anadolu Dağıtım is in another region', far)
  await see(path, enInvitation.state.own.title, agent)
  const sales = await see(path, enInvitation.state.role.title, resellerSales)
  await sales.getByText(/Kerem Yönetici/).waitFor()

  const admin = await see(path, enInvitation.authorize.submit, resellerAdmin)
  await admin.getByRole('checkbox').first().check()
  await admin.getByRole('button', { name: enInvitation.authorize.submit }).click()
  await admin.getByText('You are now partners with Anadolu Dağıtım.').waitFor()
  await see(path, enInvitation.state.already.title, resellerAdmin)
  await see(path, enInvitation.state.used.title, far)
})

async function globalAdmin(
  portal: PortalWorld,
  organizationId: TestUser['actor']['organizationId'],
): Promise<TestUser> {
  return await givenUser(portal.world.deps, { organizationId, kind: 'reseller', roles: ['global_admin'] })
}

/** Everybody in the world reads this language from now on. */
async function speak(portal: PortalWorld, language: 'en' | 'tr'): Promise<void> {
  await portal.world.deps.db.updateTable('users').set({ locale: language }).execute()
}

async function openRowMenu(page: Page, row: string, item?: string): Promise<void> {
  const button = page.getByRole('row').filter({ hasText: row }).getByRole('button').last()
  await button.click()
  if (item) await page.getByRole('menuitem', { name: item }).click()
  else await page.getByRole('menu').waitFor()
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
