import { sql } from 'kysely'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import type { OrganizationKind } from '../../kernel/permissions.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Deps } from '../../platform/context.ts'

/** For tests: an organization in Türkiye. */
export async function givenOrganization(
  deps: Deps,
  kind: Exclude<OrganizationKind, 'customer'> = 'provider',
  name = 'Anadolu Dağıtım',
): Promise<OrganizationId> {
  const id = newId<'organization'>()
  await sql`insert into regions (id, name_en, name_tr) values ('test', 'Test', 'Deneme') on conflict do nothing`.execute(
    deps.db,
  )
  await sql`
    insert into countries (code, region_id, currency, culture, calling_code) values ('TR', 'test', 'TRY', 'tr-TR', '90')
    on conflict do nothing`.execute(deps.db)
  await sql`
    insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, sort_key, search_key, created_at)
    select ${id}, ${kind}, ${`${name} A.Ş.`}, ${name}, code, region_id, 'tr-TR', ${sortKey(name)}, ${searchKey(name)}, ${deps.now()}
    from countries where code = 'TR'`.execute(deps.db)
  return id
}
