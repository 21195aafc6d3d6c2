import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { putTemporaryPassword } from '../identity/people.ts'
import { reachPeople } from './access.ts'
import { makePasswords } from './passwords.ts'
import { readUpload } from './read-upload.ts'
import { aboutPerson } from './subject.ts'
import { readNewcomers } from './upload-store.ts'
import type { IssuedPasswords, IssuePasswords } from './wire.ts'

/** Passwords in one answer: they take a core for 50 ms each. */
const pageRows = 50

/**
 * Gives those of a list who have never signed in temporary passwords, a page at a time; each is in this one answer. Asked again it
 * gives others, and the former stop working. A repeat of the same request gets none.
 *
 * @throws Refusal as `reachPeople`; notFound
 */
export async function issuePasswords(deps: Deps, actor: Actor, input: IssuePasswords): Promise<IssuedPasswords> {
  const { customerId, after } = input
  const seen = await readUpload(deps, actor, input)
  if (seen.status === 'checked') throw new Refusal('notFound')
  const expected = await readNewcomers(deps.db, input, after, pageRows)
  const passwords = await makePasswords(expected.length)
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'upload', at)
    // Who came since is left to the next page.
    const people = await readNewcomers(tx, input, after, passwords.length, true)
    for (const [place, { userId, name, username }] of people.entries()) {
      await putTemporaryPassword(tx, at, userId, passwords[place]?.hash ?? '')
      const about = { ...aboutPerson(actor, customer, userId), after: { name, username } }
      await record(tx, actor, at, { action: 'user.password_reset', ...about })
      await record(tx, actor, at, { action: 'user.password_shown', ...about })
    }
    const shown = people.map(({ line, name, username }) => ({ line, name, username }))
    return { shown, next: expected.length === pageRows ? (expected.at(-1)?.line ?? null) : null }
  })
  return {
    passwords: replayed
      ? []
      : result.shown.map((one, place) => ({ ...one, temporaryPassword: passwords[place]?.password ?? '' })),
    alreadyShown: replayed && result.shown.length > 0,
    next: result.next,
  }
}
