import { addDays } from '../../../kernel/time.ts'

/** What the end of a term brings, as the row stands now. `fails` could not be provisioned yet. */
export const renewalOutcomes = ['renews', 'expires', 'suspended', 'converts', 'trialEnds', 'fails'] as const
export type RenewalOutcome = (typeof renewalOutcomes)[number]

/** Ends that people are reminded of; what could not be provisioned has been told of already. */
export type RemindedOutcome = Exclude<RenewalOutcome, 'fails'>

/** How many days before the last day of a term people are reminded. Source: F163, F238. */
const daysAhead: Readonly<Record<RemindedOutcome, readonly number[]>> = {
  renews: [30, 7, 1],
  expires: [30, 7, 1],
  suspended: [30, 7, 1],
  converts: [14, 7, 1],
  trialEnds: [14, 7, 1],
}

/** Every reminder there is: its outcome, and how many days before the end it is due. */
export const reminders: readonly { readonly outcome: RemindedOutcome; readonly daysBefore: number }[] = (
  Object.keys(daysAhead) as RemindedOutcome[]
).flatMap((outcome) => daysAhead[outcome].map((daysBefore) => ({ outcome, daysBefore })))

/** Subscriptions to remind of: those with this outcome whose term ends on this day. */
export interface ReminderWindow {
  readonly outcome: RemindedOutcome
  /** Last day of the term. */
  readonly endOn: string
  /** The reminder that is due; not how many days are left, when it comes late. */
  readonly daysBefore: number
}

/**
 * What is due on a day when people were last reminded on another one. Whose reminders were passed over meanwhile has one now,
 * the latest; whose term is over has none.
 *
 * @param doneOn Before `day`.
 */
export function reminderWindows(doneOn: string, day: string): readonly ReminderWindow[] {
  const windows = new Map<string, ReminderWindow>()
  // From the longest to the shortest, so that the later reminder takes the place of the earlier one.
  for (const { outcome, daysBefore } of reminders.toSorted((one, other) => other.daysBefore - one.daysBefore)) {
    for (let left = 0; left <= daysBefore; left += 1) {
      const endOn = addDays(day, left)
      if (addDays(endOn, -daysBefore) > doneOn) windows.set(`${outcome} ${endOn}`, { outcome, endOn, daysBefore })
    }
  }
  return [...windows.values()]
}
