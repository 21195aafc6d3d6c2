import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { closeServiceRequest, reopenServiceRequest } from '../src/features/support/close-service-request.ts'
import { escalateServiceRequest } from '../src/features/support/escalate-service-request.ts'
import { fileServiceRequest } from '../src/features/support/file-service-request.ts'
import { receiveAttachment } from '../src/features/support/receive-attachment.ts'
import type { Severity } from '../src/features/support/rules.ts'
import { writeMessage } from '../src/features/support/write-message.ts'
import type { CustomerId, ServiceRequestId, SubscriptionId } from '../src/kernel/ids.ts'
import type { Actor } from '../src/platform/context.ts'
import { actorOf, type Stage } from './stage.ts'

/** What became of a request, in the order of a day's work; `overdue` is left without an answer. */
type Course = 'fresh' | 'overdue' | 'answered' | 'waiting' | 'replied' | 'escalated' | 'closed' | 'reopened'

interface Script {
  readonly with: 'reseller' | 'provider'
  readonly course: Course
  readonly severity: Severity
  readonly daysAgo: number
  readonly title: string
  readonly description: string
  readonly answer: string
}

const scripts: readonly Script[] = [
  line(
    'reseller',
    'fresh',
    'minimal',
    0,
    'Yeni çalışan için lisans',
    'Pazartesi başlayacak bir arkadaşımız için lisansı nasıl atarız?',
    '',
  ),
  line(
    'reseller',
    'overdue',
    'critical',
    1,
    'Kimse oturum açamıyor',
    'Bu sabahtan beri hiçbir kullanıcı oturum açamıyor.',
    '',
  ),
  line(
    'provider',
    'overdue',
    'moderate',
    2,
    'Paylaşılan klasörler eşitlenmiyor',
    'Dünden beri ofisteki üç bilgisayar eşitlenmiyor.',
    '',
  ),
  line(
    'provider',
    'answered',
    'moderate',
    3,
    'E-postalar gecikiyor',
    'Gelen e-postalar bir saat sonra düşüyor.',
    'Kuyrukta bir birikme gördük, izliyoruz.',
  ),
  line(
    'reseller',
    'waiting',
    'moderate',
    4,
    'Takvim daveti gelmiyor',
    'Dışarıdan gelen davetler takvime işlenmiyor.',
    'Hangi kullanıcıda oluyor? Bir örnek davet gönderir misiniz?',
  ),
  line(
    'provider',
    'waiting',
    'minimal',
    6,
    'Fatura adresi',
    'Yeni faturada eski adresimiz görünüyor.',
    'Yeni adresinizi ve vergi dairenizi yazar mısınız?',
  ),
  line(
    'reseller',
    'replied',
    'moderate',
    5,
    'Toplantı kayıtları açılmıyor',
    'Kayıt bağlantıları hata veriyor.',
    'Hatanın ekran görüntüsünü ekler misiniz?',
  ),
  line(
    'reseller',
    'escalated',
    'critical',
    3,
    'Posta kutusu dolu uyarısı',
    'Kota boşken posta kutuları dolu görünüyor.',
    'Sizin tarafta bir sorun görünmüyor, sağlayıcıya soruyoruz.',
  ),
  line(
    'reseller',
    'escalated',
    'moderate',
    8,
    'Lisans sayısı uyuşmuyor',
    'Portaldaki lisans sayısı atadığımızdan az.',
    'Kayıtları karşılaştırdık, sağlayıcıya iletiyoruz.',
  ),
  line(
    'provider',
    'closed',
    'minimal',
    20,
    'Parola süresi',
    'Parola süresini uzatabilir miyiz?',
    'Ayarı nereden değiştireceğinizi ekte gösterdik.',
  ),
  line(
    'reseller',
    'closed',
    'moderate',
    12,
    'Mobil uygulama kurulumu',
    'Telefonlarda uygulama kurulamıyor.',
    'Kurulum sınırını kaldırdık, yeniden deneyin.',
  ),
  line(
    'reseller',
    'reopened',
    'moderate',
    9,
    'Yazıcıdan posta gönderimi',
    'Yazıcı taradığı belgeyi postalayamıyor.',
    'Bağlayıcıyı yeniledik.',
  ),
]

function line(
  contact: Script['with'],
  course: Course,
  severity: Severity,
  daysAgo: number,
  title: string,
  description: string,
  answer: string,
): Script {
  return { with: contact, course, severity, daysAgo, title, description, answer }
}

interface Supported {
  readonly customerId: CustomerId
  readonly subscriptionId: SubscriptionId
  readonly providerId: string
  readonly contactId: string
}

/** A dozen service requests in every state, with customers whose support contact is a reseller and others. */
export async function loadSupport(stage: Stage): Promise<void> {
  const supported = await readSupported(stage)
  const keys = new Map([...stage.tenants.values()].map((tenant) => [String(tenant.tenantId), tenant.key]))
  const taken = new Set<string>()
  for (const script of scripts) {
    const one = supported.find(
      ({ customerId, providerId, contactId }) =>
        !taken.has(customerId) && (contactId === providerId) === (script.with === 'provider'),
    )
    const customer = one && keys.get(one.customerId)
    const contact = one && keys.get(one.contactId)
    const provider = one && keys.get(one.providerId)
    if (!one || !customer || !contact || !provider) continue
    taken.add(one.customerId)
    await play(stage, script, one, {
      asks: actorOf(stage, customer, 'global_admin'),
      answers: actorOf(stage, contact, 'helpdesk_agent'),
      provider: actorOf(stage, provider, 'helpdesk_agent'),
    })
  }
}

async function readSupported({ deps, tenants }: Stage): Promise<readonly Supported[]> {
  const known = [...tenants.values()].filter(({ kind }) => kind === 'customer').map(({ tenantId }) => tenantId)
  const { rows } = await sql<Supported>`
    select s.customer_id as "customerId", s.id as "subscriptionId", s.provider_id as "providerId", t.partner_id as "contactId"
    from subscriptions s
    join support_contacts t on t.customer_id = s.customer_id and t.subscription_id = s.id and t.valid_to is null
    where s.status = 'active' and s.created_at < ${deps.now()}::timestamptz - interval '22 days'
      and s.customer_id = any(${known}::uuid[])
    order by s.created_at, s.id`.execute(deps.db)
  return rows
}

async function play(
  stage: Stage,
  script: Script,
  { customerId, subscriptionId }: Supported,
  people: { readonly asks: Actor; readonly answers: Actor; readonly provider: Actor },
): Promise<void> {
  const { deps } = stage
  const { course, daysAgo } = script
  const { asks, answers, provider } = people
  stage.at(daysAgo, 7)
  const log = { fileName: 'olay-kaydi.txt', stream: Readable.from([Buffer.from(`${script.description}\n`)]) }
  const { id: file } = await receiveAttachment(deps, asks, {}, log)
  const { id } = await fileServiceRequest(deps, asks, {
    customerId,
    subscriptionId,
    providerId: null,
    severity: script.severity,
    title: script.title,
    description: script.description,
    contact: { name: asks.userName, email: `destek@${asks.organizationId.slice(-6)}.example`, phone: '' },
    attachments: [file],
  })
  const one = { customerId, serviceRequestId: id as ServiceRequestId }
  const say = async (actor: Actor, body: string, given: { kind?: 'note'; needsAnswer?: boolean } = {}) =>
    await writeMessage(deps, actor, { ...one, kind: 'reply', body, needsAnswer: false, attachments: [], ...given })
  if (course === 'fresh' || course === 'overdue') return

  stage.at(daysAgo, 8)
  await say(answers, 'Kayıtlara bakıldı; benzer bir istek geçen ay da gelmişti.', { kind: 'note' })
  stage.at(daysAgo, 8.5)
  await say(answers, script.answer, { needsAnswer: course === 'waiting' || course === 'replied' })
  if (course === 'replied') {
    stage.at(daysAgo - 1, 9)
    await say(asks, 'Ekledik. Tüm kullanıcılarda aynı hata var.')
  }
  if (course === 'escalated') {
    stage.at(daysAgo - 1, 9)
    await escalateServiceRequest(deps, answers, {
      ...one,
      reason: 'Müşteri tarafında ayarlar doğru; hizmetin kendisinde bir sorun var.',
    })
    stage.at(daysAgo - 1, 11)
    await say(provider, 'Konuyu devraldık, bugün yanıt vereceğiz.')
  }
  if (course === 'closed' || course === 'reopened') {
    stage.at(daysAgo - 2, 10)
    await closeServiceRequest(deps, answers, { ...one, message: 'Çözüldüğünü gördük, isteği kapatıyoruz.' })
  }
  if (course === 'reopened') {
    stage.at(daysAgo - 4, 9)
    await reopenServiceRequest(deps, asks, { ...one, message: 'Bugün yine oldu.' })
  }
}
