import type { BetterAuthOptions } from 'better-auth'
import type { Kysely } from 'kysely'
import { kyselyAdapter } from '@better-auth/kysely-adapter'
import type { Schema } from './schema.ts'
import { hashToken } from './session-cookie.ts'

type MakeAdapter = ReturnType<typeof kyselyAdapter>
type Adapter = ReturnType<MakeAdapter>
type Where = Parameters<Adapter['findOne']>[0]['where']

/**
 * The sign-in library's way to our tables. It keeps session tokens as hashes only: the library sees tokens, the database
 * never does.
 */
export function signInStore(db: Kysely<Schema>): (options: BetterAuthOptions) => Adapter {
  const make = kyselyAdapter(db as unknown as Kysely<never>, { type: 'postgres', transaction: true })
  return (options) => withHashedTokens(make(options))
}

function withHashedTokens(inner: Adapter): Adapter {
  return {
    ...inner,
    create: (async (given: Parameters<Adapter['create']>[0]) => {
      const token = tokenOf(given.model, given.data)
      if (token === undefined) return await inner.create(given)
      return withToken(await inner.create({ ...given, data: { ...given.data, token: hashToken(token) } }), token)
    }) as Adapter['create'],
    findOne: (async (given: Parameters<Adapter['findOne']>[0]) => {
      const token = askedToken(given.model, given.where)
      return withToken(await inner.findOne({ ...given, where: hashed(given.model, given.where) }), token)
    }) as Adapter['findOne'],
    findMany: (given) => inner.findMany(given.where ? { ...given, where: hashed(given.model, given.where) } : given),
    update: (async (given: Parameters<Adapter['update']>[0]) => {
      const token = askedToken(given.model, given.where)
      return withToken(await inner.update({ ...given, where: hashed(given.model, given.where) }), token)
    }) as Adapter['update'],
    updateMany: (given) => inner.updateMany({ ...given, where: hashed(given.model, given.where) }),
    delete: (given) => inner.delete({ ...given, where: hashed(given.model, given.where) }),
    deleteMany: (given) => inner.deleteMany({ ...given, where: hashed(given.model, given.where) }),
    consumeOne: (given) => inner.consumeOne({ ...given, where: hashed(given.model, given.where) }),
    transaction: (work) => inner.transaction((tx) => work(withHashedTokens(tx as Adapter))),
  }
}

function hashed(model: string, where: Where): Where {
  if (model !== 'session') return where
  return where.map((condition) => {
    if (condition.field !== 'token') return condition
    const { value } = condition
    if (typeof value === 'string') return { ...condition, value: hashToken(value) }
    return Array.isArray(value) ? { ...condition, value: value.map((one) => hashToken(String(one))) } : condition
  })
}

function tokenOf(model: string, row: Readonly<Record<string, unknown>>): string | undefined {
  const token = row['token']
  return model === 'session' && typeof token === 'string' ? token : undefined
}

function askedToken(model: string, where: Where): string | undefined {
  const value = model === 'session' ? where.find(({ field }) => field === 'token')?.value : undefined
  return typeof value === 'string' ? value : undefined
}

/** The library reads the token of a row it asked for by token, to end that session later. */
function withToken<Row>(row: Row, token: string | undefined): Row {
  return token === undefined || row === null ? row : { ...row, token }
}
