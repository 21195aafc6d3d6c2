import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import { record } from '../audit/record.ts'
import { tradingPartySql } from '../program/queries.ts'
import { resolveMpnId } from '../program/resolve-mpn-id.ts'
import { type TradingParty, whyPartnerIdCannotBeUsed } from '../program/rules.ts'
import { paramsOf } from './queries.ts'
import { whyPartnershipCannotBeUsed } from './rules.ts'
import type { VerifiedPartnerId } from './wire.ts'

/**
 * Tells a provider whose a partner id is, and whether it can name the reseller of a subscription. It reveals the legal name,
 * the country, the kind and whether the agreement is signed, so each question is recorded.
 *
 * @throws Refusal mpnIdNotFound
 */
export async function verifyPartnerId(
  deps: Deps,
  actor: Actor,
  input: { readonly partnerId: string },
): Promise<VerifiedPartnerId> {
  const id = await resolveMpnId(deps.db, input.partnerId)
  const at = deps.now()
  await deps.db.transaction().execute((tx) =>
    record(tx, actor, at, {
      action: 'partner_id.verified',
      subjectKind: 'partnerId',
      subjectId: input.partnerId,
      after: { found: id !== undefined },
    }),
  )
  if (id === undefined) throw new Refusal('mpnIdNotFound', { data: [input.partnerId] })

  // A wrong id of a partner is mended by naming the right one; of strangers nothing more is told.
  const owner = await readOwner(deps, actor, id.onboardedPartnerId)
  const reason =
    whyPartnerIdCannotBeUsed(id) ?? whyPartnershipCannotBeUsed(owner?.state, owner?.party, owner?.regionId ?? '')
  return {
    partnerId: id.partnerId,
    kind: id.kind,
    legalName: id.legalName,
    country: id.country,
    agreementSigned: owner?.party.agreementSigned ?? false,
    partnership: owner?.state === 'active',
    usable: reason === null,
    reason,
    reasonText: reason && refusalSentence(actor.locale, reason, owner ? paramsOf(owner.party) : {}),
    useInstead:
      reason !== null && owner?.state === 'active' && id.onboardedPartnerId !== id.partnerId
        ? id.onboardedPartnerId
        : null,
  }
}

interface Owner {
  readonly party: TradingParty
  readonly regionId: string
  readonly state: 'active' | undefined
}

async function readOwner(deps: Deps, actor: Actor, partnerId: string | null): Promise<Owner | undefined> {
  if (partnerId === null) return undefined
  const { rows } = await sql<{ party: TradingParty; regionId: string; partners: boolean }>`
    select ${tradingPartySql(sql`l.organization_id`)} as party, own.region_id as "regionId",
      exists (select from partnerships p where p.provider_id = own.id and p.reseller_id = l.organization_id
        and p.state = 'active') as partners
    from partner_location_accounts l
    join organizations own on own.id = ${actor.organizationId}
    where l.partner_id = ${partnerId} and l.organization_id is not null`.execute(deps.db)
  const row = rows[0]
  return row && { party: row.party, regionId: row.regionId, state: row.partners ? 'active' : undefined }
}
