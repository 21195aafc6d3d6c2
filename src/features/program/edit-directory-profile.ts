import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import type { EditDirectoryProfileInput } from './wire.ts'

/**
 * Writes a provider's directory entry; the first time makes it. Only the operator gets here.
 *
 * @returns the new version.
 * @throws Refusal notFound; stale when `version` is not the one stored (0: none yet).
 */
export async function editDirectoryProfile(
  deps: Deps,
  actor: Actor,
  input: EditDirectoryProfileInput,
): Promise<{ readonly version: number }> {
  const { result } = await write(deps, actor, async (tx) => {
    const before = await lockProfile(tx, input.providerId)
    if (before === undefined) throw new Refusal('notFound')
    if (before.version !== input.version) throw new Refusal('stale')

    const at = deps.now()
    const after = { ...valuesOf(input) }
    await saveProfile(tx, input.providerId, after, input.version + 1, at)
    await record(tx, actor, at, {
      action: 'directory.profile_changed',
      subjectKind: 'organization',
      subjectId: input.providerId,
      providerId: input.providerId as OrganizationId,
      ...changed(before.values, after),
    })
    return { version: input.version + 1 }
  })
  return result
}

type Values = ReturnType<typeof valuesOf>

function valuesOf(input: EditDirectoryProfileInput) {
  const { providerId: _provider, version: _version, ...values } = input
  return values
}

async function lockProfile(
  tx: Tx,
  providerId: string,
): Promise<{ readonly version: number; readonly values: Partial<Values> } | undefined> {
  const { rows } = await sql<{ version: number; values: Partial<Values> | null }>`
    select coalesce(d.version, 0) as version, case when d.provider_id is not null then jsonb_build_object(
      'listed', d.listed, 'notListedReason', d.not_listed_reason, 'descriptionEn', d.description_en,
      'descriptionTr', d.description_tr, 'services', d.services, 'website', d.website, 'contactEmail', d.contact_email,
      'contactPhone', d.contact_phone, 'representativeName', d.representative_name,
      'representativeEmail', d.representative_email, 'representativePhone', d.representative_phone) end as values
    from organizations o
    left join directory_profiles d on d.provider_id = o.id
    where o.id = ${providerId} and o.kind = 'provider'
    for update of o`.execute(tx)
  const row = rows[0]
  return row && { version: row.version, values: row.values ?? {} }
}

async function saveProfile(tx: Tx, providerId: string, values: Values, version: number, at: Date): Promise<void> {
  const columns = {
    listed: values.listed,
    not_listed_reason: values.notListedReason,
    description_en: values.descriptionEn,
    description_tr: values.descriptionTr,
    services: [...values.services],
    website: values.website,
    contact_email: values.contactEmail,
    contact_phone: values.contactPhone,
    representative_name: values.representativeName,
    representative_email: values.representativeEmail,
    representative_phone: values.representativePhone,
    version,
    updated_at: at,
  }
  await tx
    .insertInto('directory_profiles')
    .values({ provider_id: providerId, ...columns })
    .onConflict((conflict) => conflict.column('provider_id').doUpdateSet(columns))
    .execute()
}

/** Only the values that differ, before and after. */
function changed(before: Partial<Values>, after: Values) {
  const names = (Object.keys(after) as (keyof Values)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  return {
    before: Object.fromEntries(names.map((name) => [name, before[name] ?? null])),
    after: Object.fromEntries(names.map((name) => [name, after[name]])),
  }
}
