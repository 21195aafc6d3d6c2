import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Actor, Db, Locale, Tx } from '../../platform/context.ts'
import { createUser } from './create-user.ts'
import { hashPassword, temporaryPassword } from './passwords.ts'

export interface CreateOperator {
  readonly username: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly locale: Locale
  /** Name and country of the operator's organization, which the first operator brings along. */
  readonly organization: string
  readonly country: string
}

/**
 * Adds a platform operator from the command line: the first one together with its organization, a further one to it, so that
 * whoever keeps the machine can always get in.
 *
 * @returns the temporary password, which is kept nowhere.
 * @throws Refusal usernameTaken, emailTaken by their constraints; notFound for a country that Kanal does not know.
 */
export async function createOperator(
  db: Db,
  at: Date,
  input: CreateOperator,
): Promise<{ readonly userId: UserId; readonly temporaryPassword: string }> {
  const password = temporaryPassword()
  const passwordHash = await hashPassword(password)
  return await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('operator organization', 0))`.execute(tx)
    const present = await tx
      .selectFrom('organizations')
      .select(['id', 'trading_name as name'])
      .where('kind', '=', 'operator')
      .orderBy('created_at')
      .executeTakeFirst()
    const organizationId = (present?.id ?? (await insertOrganization(tx, at, input))) as OrganizationId
    const { username, email, firstName, lastName, locale } = input
    const userId = await createUser(tx, keeper(organizationId, present?.name ?? input.organization, locale), at, {
      organizationId,
      organizationKind: 'operator',
      username,
      email,
      firstName,
      lastName,
      locale,
      roles: ['platform_operator'],
      passwordHash,
      temporary: true,
    })
    return { userId, temporaryPassword: password }
  })
}

async function insertOrganization(tx: Tx, at: Date, { organization, country }: CreateOperator): Promise<string> {
  const id = newId<'organization'>()
  const inserted = await sql`
    insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, sort_key, search_key, created_at)
    select ${id}, 'operator', ${organization}, ${organization}, code, region_id, culture, ${sortKey(organization)},
      ${searchKey(organization)}, ${at}
    from countries where code = ${country}`.execute(tx)
  if (inserted.numAffectedRows !== 1n) throw new Refusal('notFound')
  return id
}

/** Whoever keeps the machine has no account; the record says that it came from the command line. */
function keeper(organizationId: OrganizationId, organizationName: string, locale: Locale): Actor {
  return {
    userId: '00000000-0000-0000-0000-000000000000' as UserId,
    userName: 'kanal create-operator',
    organizationId,
    organizationName,
    organizationKind: 'operator',
    roles: [],
    permissions: new Set(),
    locale,
    request: { hash: '', correlationId: newId(), ip: '' },
  }
}
