import en from '../../strings/en/mails.json' with { type: 'json' }
import tr from '../../strings/tr/mails.json' with { type: 'json' }
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { daysBetween } from '../../kernel/time.ts'
import type { Locale } from '../../platform/context.ts'
import type { NewMail } from '../../platform/mail.ts'
import type { MailRow } from '../../platform/mail-layout.ts'
import { countedFor, fillFor } from '../../platform/sentences.ts'
import type { NewNotification } from '../notifications/notify.ts'
import { type MailWorld, subjectIn } from '../notifications/sandbox-mark.ts'
import type { RemindedOutcome } from './rules/reminders.ts'

const texts = { en: en.renewalReminder, tr: tr.renewalReminder }

/** Where everything that lies ahead is listed. */
const radar = '/renewals'

/** So many subscriptions are told of one by one in the action center; more are one notification. */
const toldSingly = 20

/** A subscription that an organization is reminded of. */
export interface Reminded {
  /** How many the organization is reminded of in all. */
  readonly total: number
  readonly customerId: string
  readonly subscriptionId: string
  readonly title: string
  readonly friendlyName: string
  readonly quantity: number
  readonly endOn: string
  readonly outcome: RemindedOutcome
  readonly customer: string
}

/** An organization and what it is reminded of on a day. */
export interface Told {
  readonly organizationId: OrganizationId
  readonly organization: string
  readonly provider: MailWorld & { readonly id: OrganizationId }
  readonly people: readonly Person[]
  readonly day: string
  /** The first ones, by their end. */
  readonly rows: readonly Reminded[]
}

interface Person {
  readonly address: string
  readonly name: string
  readonly language: Locale
}

const kinds = {
  renews: 'renewalAhead',
  expires: 'subscriptionEnding',
  suspended: 'subscriptionEnding',
  converts: 'trialConverting',
  trialEnds: 'trialEnding',
} as const satisfies Readonly<Record<RemindedOutcome, string>>

type ReminderKind = (typeof kinds)[RemindedOutcome] | 'renewalsAhead'

/** What stands in an organization's action center: each subscription, or how many there are when there are many. */
export function reminderNotifications(
  { organizationId, provider, rows }: Told,
  audienceRoles: readonly Role[],
): readonly NewNotification<ReminderKind>[] {
  const total = rows[0]?.total ?? 0
  const common = { organizationId, audienceRoles, class: 'transactional' } as const
  if (total > toldSingly) {
    return [{ ...common, kind: 'renewalsAhead', params: { count: total, provider: provider.name }, link: radar }]
  }
  return rows.map(({ outcome, customerId, subscriptionId, title, friendlyName, customer, endOn }) => ({
    ...common,
    kind: kinds[outcome],
    params: { subscription: nameOf(title, friendlyName), customer, endOn },
    link: pathOf(customerId, subscriptionId),
  }))
}

/** The mails of a day to an organization's people, each in the reader's language. */
export function reminderMails(told: Told): readonly NewMail[] {
  return [...Map.groupBy(told.people, ({ language }) => language)].flatMap(([language, people]) => {
    const worded = wordMail(told, language)
    return people.map(({ address, name }) => ({ ...worded, to: { address, name } }))
  })
}

function wordMail({ organizationId, organization, provider, rows, day }: Told, language: Locale): Omit<NewMail, 'to'> {
  const words = texts[language]
  const total = rows[0]?.total ?? 0
  const isProvider = provider.id === organizationId
  const by = { provider: provider.name }
  const lists = [...Map.groupBy(rows, ({ endOn }) => endOn)].map(([endOn, ending]) => ({
    heading: headingOf(language, daysBetween(day, endOn), endOn),
    rows: ending.map((row) => rowOf(language, row)),
  }))
  if (total > rows.length) {
    const more = { title: countedFor(language, words.more, total - rows.length), detail: '', path: radar }
    lists.at(-1)?.rows.push(more)
  }
  const subject = countedFor(language, isProvider ? words.subject : words.subjectFrom, total, by)
  return {
    kind: 'renewalReminder',
    language,
    subject: subjectIn(provider, language, subject),
    content: {
      paragraphs: [fillFor(language, isProvider ? words.intro : words.introFrom, by)],
      lists,
      action: { label: words.action, path: radar },
      footer: fillFor(language, words.footer, { organization }),
    },
  }
}

function headingOf(language: Locale, daysLeft: number, endOn: string): string {
  const words = texts[language]
  return daysLeft === 0
    ? fillFor(language, words.today, { endOn })
    : countedFor(language, words.days, daysLeft, { endOn })
}

function rowOf(
  language: Locale,
  { title, friendlyName, customer, customerId, subscriptionId, ...row }: Reminded,
): MailRow {
  const words = texts[language]
  const licenses = countedFor(language, words.licenses, row.quantity)
  return {
    title: nameOf(title, friendlyName),
    detail: fillFor(language, words.row, { customer, licenses, outcome: words.outcome[row.outcome] }),
    path: pathOf(customerId, subscriptionId),
  }
}

function nameOf(title: string, friendlyName: string): string {
  return friendlyName === '' || friendlyName === title ? title : `${title} (${friendlyName})`
}

function pathOf(customerId: string, subscriptionId: string): string {
  return `/customers/${customerId}/subscriptions/${subscriptionId}`
}
