import type { Socket } from 'node:net'
import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import type { PoolClient, QueryResult } from 'pg'
import { Refusal } from '../kernel/errors.ts'
import { refusalOfConstraint } from './constraints.ts'
import type { Actor, Deps, Tx } from './context.ts'
import type { Schema } from './schema.ts'
import type { Written } from './write.ts'

/** A statement that each session plans once, under its name. A name belongs to one text. */
export interface Statement {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** Sends a statement and resolves with its rows. Statements sent without waiting in between travel together, and run in order. */
export type Send = <Row>(statement: Statement) => Promise<readonly Row[]>

/** What a decision came to: the reply, and the statements that make it true. */
export interface Decided<Result> {
  /** Kept as JSON for repeats of the request: plain values, never a secret. */
  readonly result: Result
  readonly statements: readonly Statement[]
}

/** A write in two trips to the database; see `writeTogether`. */
export interface TogetherSteps<Seen, Result> {
  /** Sends all reads without waiting in between. Runs before it is known whether the request is a repeat, so it decides nothing. */
  readonly read: (send: Send) => Promise<Seen>
  /** Decides, and may throw a refusal. */
  readonly decide: (seen: Seen) => Decided<Result>
}

/** Runs reads on one session, in one trip to the database. No transaction: each sees what was committed when it ran. */
export async function readTogether<Result>(deps: Deps, read: (send: Send) => Promise<Result>): Promise<Result> {
  const client = await deps.pool.connect()
  try {
    return await inOneWrite(client, () => read(sendOn(client)))
  } finally {
    client.release()
  }
}

/** Sends named statements inside a transaction that `write` opened; there they are planned anew each time. */
export function sendIn(tx: Tx): Send {
  return async <Row>({ text, values }: Statement) => {
    const { rows } = await tx.executeQuery(CompiledQuery.raw(text, [...values]))
    return rows as readonly Row[]
  }
}

/** With plans that hold for any values: PostgreSQL thinks a plan for just these ones cheaper, and does not count its making. */
const begin = 'begin; set local plan_cache_mode = force_generic_plan'

/**
 * Does what `write` does, with the same promises, for a state change that reads first, then decides without looking again,
 * then writes: one transaction in two trips. The first takes the `MS-RequestId` and reads, the second writes, keeps the reply
 * and commits. For the statements under load; anything else is easier to read as a `write`.
 *
 * @throws Refusal requestIdReused when the id came before with other input; whatever `decide` throws, after rolling back.
 */
export async function writeTogether<Seen, Result>(
  deps: Deps,
  actor: Actor,
  { read, decide }: TogetherSteps<Seen, Result>,
): Promise<Written<Result>> {
  const { id, hash } = actor.request
  const client = await deps.pool.connect()
  const send = sendOn(client)
  let committed = false
  try {
    const [began, took, saw] = await inOneWrite(client, () =>
      Promise.allSettled([
        client.query(begin),
        id === undefined ? undefined : client.query(takeRequestId(actor, id, hash, deps.now())),
        read(send),
      ]),
    )
    if (began.status === 'rejected') throw began.reason
    if (took.status === 'rejected') throw took.reason
    if (id !== undefined && took.value?.rowCount === 0) {
      return { result: await earlierResult<Result>(client, actor, id, hash), replayed: true }
    }
    if (saw.status === 'rejected') throw saw.reason

    const { result, statements } = decide(saw.value)
    const [ended] = await inOneWrite(client, () => {
      const sent: Promise<unknown>[] = statements.map((statement) => send(statement))
      if (id !== undefined) sent.push(client.query(keepReply(actor, id, result)))
      const commit: Promise<QueryResult> = client.query('commit')
      return Promise.all([commit, ...sent])
    })
    // A transaction in which something failed answers a commit by rolling back, without an error.
    if (ended.command !== 'COMMIT') throw new Error('The transaction was rolled back.')
    committed = true
    return { result, replayed: false }
  } catch (error) {
    throw refusalOfConstraint(error) ?? error
  } finally {
    await giveBack(client, committed)
  }
}

function sendOn(client: PoolClient): Send {
  return async <Row>({ name, text, values }: Statement) => {
    const { rows } = await client.query({ name, text, values: values as unknown[] })
    return rows as readonly Row[]
  }
}

/**
 * Holds back what `send` writes to the socket until it has written all: one write wakes the database once, where each
 * statement alone would wake it several times.
 */
function inOneWrite<Result>(client: PoolClient, send: () => Promise<Result>): Promise<Result> {
  const { stream } = (client as PoolClient & { readonly connection: { readonly stream: Socket } }).connection
  stream.cork()
  try {
    return send()
  } finally {
    stream.uncork()
  }
}

/** Blocks while another transaction holds the same id, so a double click waits instead of failing halfway. */
function takeRequestId(actor: Actor, id: string, hash: string, at: Date) {
  return {
    name: 'take_request_id',
    text: `insert into idempotency_keys (actor_id, request_id, request_hash, created_at)
      values ($1::uuid, $2::text, $3::text, $4::timestamptz) on conflict do nothing`,
    values: [actor.userId, id, hash, at],
  }
}

function keepReply(actor: Actor, id: string, result: unknown) {
  return {
    name: 'keep_reply',
    text: 'update idempotency_keys set reply = $3::jsonb where actor_id = $1::uuid and request_id = $2::text',
    values: [actor.userId, id, JSON.stringify({ value: result ?? null })],
  }
}

async function earlierResult<Result>(client: PoolClient, actor: Actor, id: string, hash: string): Promise<Result> {
  const { rows } = await client.query<{ request_hash: string; reply: { value: Result } }>(
    'select request_hash, reply from idempotency_keys where actor_id = $1 and request_id = $2',
    [actor.userId, id],
  )
  const earlier = rows[0]
  if (!earlier || earlier.request_hash !== hash) throw new Refusal('requestIdReused')
  return earlier.reply.value
}

/** A session whose transaction cannot be rolled back is of no more use to anybody. */
async function giveBack(client: PoolClient, committed: boolean): Promise<void> {
  if (committed) return client.release()
  try {
    await client.query('rollback')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}

const compiler = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** The text of a piece of SQL that another feature offers, for a statement. Its values must be `$n` of that statement already. */
export function textOf(fragment: RawBuilder<unknown>): string {
  const { sql, parameters } = fragment.compile(compiler)
  if (parameters.length > 0) throw new Error('A piece of a statement cannot bring values of its own.')
  return sql
}
