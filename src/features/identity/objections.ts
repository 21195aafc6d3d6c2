import { Refusal } from '../../kernel/errors.ts'
import type { Objection } from './rules.ts'

/** Turns what a rule objects to into the refusal of the request; nothing when it objects to nothing. */
export function refuse(objection: Objection | undefined): void {
  if (objection === undefined) return
  throw new Refusal(objection.refuse, { data: objection.roles ?? [] })
}
