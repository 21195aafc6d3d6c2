import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { RelationshipRequestId } from '../../kernel/ids.ts'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import { linkToken } from '../../platform/link-token.ts'
import { invitationStatusAt, whyInvitationIsClosed } from '../partnerships/rules.ts'
import en from '../../strings/en/relationships.json' with { type: 'json' }
import tr from '../../strings/tr/relationships.json' with { type: 'json' }
import { requestsOf } from './list-requests.ts'
import type { RelationshipDraft } from './wire.ts'
import type { z } from 'zod'

export type Draft = z.infer<typeof RelationshipDraft>

/**
 * The message of an open request, in a language of choice, with the same link as before.
 *
 * @throws Refusal notFound; invitationUsed, invitationDeclined, invitationRevoked or invitationExpired when it is over.
 */
export async function draftRelationship(
  deps: Deps,
  actor: Actor,
  { requestId, language }: { readonly requestId: RelationshipRequestId; readonly language: Locale },
): Promise<Draft> {
  const { rows } = await sql<{
    provider: string
    reseller: string | null
    includePrivileges: boolean
    recipientEmail: string | null
    status: 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
    expiresAt: Date
  }>`
    select p.trading_name as provider, s.trading_name as reseller, q.include_privileges as "includePrivileges",
      q.recipient_email as "recipientEmail", q.status, q.expires_at as "expiresAt"
    from relationship_requests q
    join organizations p on p.id = q.provider_id
    left join organizations s on s.id = q.reseller_id
    where q.id = ${requestId} and ${requestsOf(actor)}`.execute(deps.db)
  const [request] = rows
  if (!request) throw new Refusal('notFound')
  const closed = whyInvitationIsClosed(invitationStatusAt(request, deps.now()))
  if (closed !== null) throw new Refusal(closed)

  const link = `${deps.config.publicUrl}/relationship/${linkToken(deps.config, 'relationship-request', requestId)}`
  return {
    id: requestId,
    link,
    ...messageOf(language, { ...request, sender: actor.userName, link }),
    expiresAt: request.expiresAt.toISOString(),
    recipientEmail: request.recipientEmail,
  }
}

interface Facts {
  readonly provider: string
  readonly reseller: string | null
  readonly includePrivileges: boolean
  readonly expiresAt: Date
  readonly sender: string
  readonly link: string
}

function messageOf(language: Locale, facts: Facts): { readonly subject: string; readonly body: string } {
  const { draft } = language === 'tr' ? tr : en
  const until = new Intl.DateTimeFormat(language === 'tr' ? 'tr-TR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(facts.expiresAt)
  const values = { ...facts, reseller: facts.reseller ?? '', until }
  const partners = facts.reseller === null ? draft.asksAlone : draft.asksTogether
  const paragraphs = [
    draft.greeting,
    partners,
    facts.includePrivileges ? draft.withPrivileges : draft.withoutPrivileges,
    draft.howTo,
    '{link}',
    draft.until,
    draft.closing,
  ]
  return { subject: fill(draft.subject, values), body: fill(paragraphs.join('\n\n'), values) }
}

function fill(text: string, values: Readonly<Record<string, string | number | boolean | Date>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
