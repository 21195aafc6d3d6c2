import { sql } from 'kysely'
import { Refusal } from '../kernel/errors.ts'
import type { Actor, Deps, Tx } from './context.ts'
import { refusalOfConstraint } from './constraints.ts'

/** What a write came to: `replayed` tells that an earlier request with the same id had this result. */
export interface Written<Result> {
  readonly result: Result
  readonly replayed: boolean
}

/**
 * Runs a state change in one transaction. With an `MS-RequestId`, the first request takes the id and stores its result;
 * repeats, also fifty at once, wait for it and get that same result. The stored result is JSON, so Dates come back as
 * strings: return plain values, and never a secret. A refused or failed request frees its id.
 *
 * @throws Refusal requestIdReused when the id came before with other input; whatever `work` throws, after rolling back.
 */
export async function write<Result>(
  deps: Deps,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Written<Result>> {
  const { id, hash } = actor.request
  try {
    return await deps.db.transaction().execute(async (tx) => {
      if (id === undefined) return { result: await work(tx), replayed: false }

      // Blocks while another transaction holds the same key, so a double click waits instead of failing halfway.
      const taken = await sql`
        insert into idempotency_keys (actor_id, request_id, request_hash, created_at)
        values (${actor.userId}, ${id}, ${hash}, ${deps.now()})
        on conflict do nothing`.execute(tx)
      if (taken.numAffectedRows === 0n) {
        const earlier = await tx
          .selectFrom('idempotency_keys')
          .select(['request_hash', 'reply'])
          .where('actor_id', '=', actor.userId)
          .where('request_id', '=', id)
          .executeTakeFirstOrThrow()
        if (earlier.request_hash !== hash) throw new Refusal('requestIdReused')
        return { result: (earlier.reply as { value: Result }).value, replayed: true }
      }

      const result = await work(tx)
      await sql`
        update idempotency_keys set reply = ${JSON.stringify({ value: result ?? null })}::jsonb
        where actor_id = ${actor.userId} and request_id = ${id}`.execute(tx)
      return { result, replayed: false }
    })
  } catch (error) {
    throw refusalOfConstraint(error) ?? error
  }
}
