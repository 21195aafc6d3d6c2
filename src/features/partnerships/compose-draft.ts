import type { InvitationId } from '../../kernel/ids.ts'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import { linkToken } from '../../platform/link-token.ts'
import en from '../../strings/en/partnerships.json' with { type: 'json' }
import tr from '../../strings/tr/partnerships.json' with { type: 'json' }
import type { InvitationDraft } from './wire.ts'

const drafts: Readonly<Record<Locale, { readonly subject: string; readonly body: string }>> = {
  en: en.draft,
  tr: tr.draft,
}

/** British English, because its dates cannot be read two ways. */
const formatLocales: Readonly<Record<Locale, string>> = { en: 'en-GB', tr: 'tr-TR' }

/** The personal link of an invitation. */
export function invitationLink(deps: Deps, id: InvitationId): string {
  return `${deps.config.publicUrl}/invitation/${linkToken(deps.config, 'partnership-invitation', id)}`
}

/** Writes the message that asks for a partnership, in a language, with the actor's company and its personal link. */
export function composeDraft(
  deps: Deps,
  actor: Actor,
  invitation: {
    readonly id: InvitationId
    readonly recipientEmail: string | null
    readonly language: Locale
    readonly expiresAt: Date
  },
): InvitationDraft {
  const link = invitationLink(deps, invitation.id)
  const day = new Intl.DateTimeFormat(formatLocales[invitation.language], { dateStyle: 'long', timeZone: 'UTC' })
  const values: Readonly<Record<string, string>> = {
    provider: actor.organizationName,
    sender: actor.userName,
    link,
    guidance: `${deps.config.publicUrl}/help/partner-with-providers`,
    until: day.format(invitation.expiresAt),
  }
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return {
    id: invitation.id,
    link,
    subject: fill(drafts[invitation.language].subject),
    body: fill(drafts[invitation.language].body),
    language: invitation.language,
    recipientEmail: invitation.recipientEmail,
    expiresAt: invitation.expiresAt.toISOString(),
    providerName: actor.organizationName,
  }
}
