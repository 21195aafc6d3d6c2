import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { givenServiceDesk, png } from '../src/features/support/test-support.ts'
import { assertAccessible } from './axe.ts'
import { portalWorld } from './portal-world.ts'

const words = {
  en: {
    fresh: 'New service request',
    about: 'What is it about?',
    subject: 'Subject',
    description: 'Description',
    attach: 'Attach files',
    wrong: 'virus.exe is of a kind that cannot be attached.',
    submit: 'Submit',
    required: 'This field is required.',
    open: 'Open',
    message: 'Your message',
    needsAnswer: 'The customer has to answer',
    reply: 'Send reply',
    attention: 'Attention needed',
    escalate: 'Escalate',
    reason: 'Reason',
    notYours: 'Somebody else answers this service request now. You can still read it.',
    close: 'Close request',
    closed: 'Closed',
    reopen: 'Reopen',
    list: 'Service requests',
    left: / left$/,
    note: 'Internal note',
    saveNote: 'Save note',
  },
  tr: {
    fresh: 'Yeni hizmet isteği',
    about: 'Konu nedir?',
    subject: 'Konu',
    description: 'Açıklama',
    attach: 'Dosya ekle',
    wrong: 'virus.exe eklenemeyen türden bir dosya.',
    submit: 'Gönder',
    required: 'Bu alan zorunludur.',
    open: 'Açık',
    message: 'İletiniz',
    needsAnswer: 'Müşterinin yanıtlaması gerekiyor',
    reply: 'Yanıtı gönder',
    attention: 'İlgi bekliyor',
    escalate: 'Üst desteğe ilet',
    reason: 'Neden',
    notYours: 'Bu hizmet isteğini artık başkası yanıtlıyor. Okumayı sürdürebilirsiniz.',
    close: 'İsteği kapat',
    closed: 'Kapalı',
    reopen: 'Yeniden aç',
    list: 'Hizmet istekleri',
    left: / kaldı$/,
    note: 'İç not',
    saveNote: 'Notu kaydet',
  },
} as const

for (const language of ['en', 'tr'] as const) {
  test(`F197 F199 F200 SM-14 a customer asks, the reseller answers and escalates, the provider closes, the customer reopens (${language})`, async () => {
    await using portal = await portalWorld()
    const say = words[language]
    const { deps } = portal.world
    const desk = await givenServiceDesk(portal.world)
    await sql`update users set locale = ${language}`.execute(deps.db)

    const theirs = await portal.open('/my-subscriptions', { as: desk.owner, language })
    await theirs.getByRole('link', { name: say.fresh }).first().click()
    await theirs.getByRole('heading', { name: say.fresh, level: 1 }).waitFor()
    await theirs.getByRole('button', { name: say.submit }).click()
    await theirs.getByText(say.required).first().waitFor()
    await theirs.getByRole('combobox', { name: say.about }).selectOption(desk.byReseller)
    await theirs.getByText(desk.reseller.name).waitFor()
    await theirs.getByRole('textbox', { name: say.subject }).fill('E-postalar gecikiyor')
    await theirs.getByRole('textbox', { name: say.description }).fill('Sabahtan beri bir saat geç düşüyor.')
    const input = theirs.locator('input[type="file"]')
    await input.setInputFiles({ name: 'virus.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') })
    await theirs.getByText(say.wrong).waitFor()
    await input.setInputFiles({ name: 'ekran.png', mimeType: 'image/png', buffer: png })
    await theirs.getByRole('listitem').filter({ hasText: 'ekran.png' }).waitFor()
    await theirs.getByRole('progressbar').waitFor({ state: 'detached' })
    await assertAccessible(theirs)
    await theirs.getByRole('button', { name: say.submit }).click()
    await theirs.getByRole('heading', { name: 'E-postalar gecikiyor', level: 1 }).waitFor()
    await theirs.getByRole('link', { name: /ekran\.png/ }).waitFor()
    await assertAccessible(theirs)

    const resellers = await portal.open('/service-requests', { as: desk.resellerAgent, language })
    await resellers.getByText(say.left).first().waitFor()
    await assertAccessible(resellers)
    await resellers.getByRole('link', { name: 'E-postalar gecikiyor' }).click()
    await resellers.getByRole('radio', { name: say.note }).check()
    await resellers.getByRole('textbox', { name: say.message }).fill('Kayıtlara bakıldı.')
    await resellers.getByRole('button', { name: say.saveNote }).click()
    await resellers.getByText('Kayıtlara bakıldı.').first().waitFor()
    await resellers.getByRole('textbox', { name: say.message }).fill('Hangi kutu?')
    await resellers.getByRole('checkbox', { name: say.needsAnswer }).check()
    const [download] = await Promise.all([
      resellers.waitForEvent('download'),
      resellers.getByRole('link', { name: /ekran\.png/ }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'ekran.png')
    await resellers.getByRole('button', { name: say.reply }).click()
    await resellers.getByText(say.attention).first().waitFor()
    await assertAccessible(resellers)

    await theirs.reload()
    await theirs.getByText('Hangi kutu?').waitFor()
    assert.equal(await theirs.getByText('Kayıtlara bakıldı.').count(), 0)
    await theirs.getByRole('textbox', { name: say.message }).fill('Muhasebe.')
    await theirs.getByRole('button', { name: say.reply }).click()
    await theirs.getByRole('article').filter({ hasText: 'Muhasebe.' }).waitFor()

    await resellers.getByRole('button', { name: say.escalate }).click()
    await resellers
      .getByRole('dialog')
      .or(resellers.getByRole('alertdialog'))
      .getByRole('textbox', { name: say.reason })
      .fill('Sunucu arızası')
    await resellers
      .getByRole('dialog')
      .or(resellers.getByRole('alertdialog'))
      .getByRole('button', { name: say.escalate })
      .click()
    await resellers.getByText(say.notYours).last().waitFor()

    const providers = await portal.open('/service-requests', { as: desk.providerAgent, language, width: 390 })
    await providers.getByRole('link', { name: 'E-postalar gecikiyor' }).click()
    await providers.getByText('Sunucu arızası').waitFor()
    await assertAccessible(providers)
    await providers.setViewportSize({ width: 1440, height: 900 })
    await providers.getByRole('button', { name: say.close }).click()
    await providers.getByRole('dialog').getByRole('button', { name: say.close }).click()
    await providers.getByText(say.closed).first().waitFor()

    await theirs.reload()
    await theirs.getByRole('button', { name: say.reopen }).click()
    await theirs.getByRole('dialog').getByRole('button', { name: say.reopen }).click()
    await theirs.getByRole('button', { name: say.close }).waitFor()
    assert.equal(await theirs.getByText('Sunucu arızası').count(), 0)
  })
}
