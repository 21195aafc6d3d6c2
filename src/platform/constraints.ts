import { DatabaseError } from 'pg'
import { Refusal, type RefusalName } from '../kernel/errors.ts'

/** Constraints that stand for a refusal: what a race between two callers violates, the later one is told in words. */
const constraintRefusals: Readonly<Record<string, RefusalName>> = {
  partnerships_one_active_per_pair: 'alreadyPartners',
  domains_pkey: 'domainTaken',
  customer_relationships_one_active_per_partner: 'relationshipExists',
  customer_agreement_acceptances_current: 'conflict',
  resellers_of_record_one_valid: 'conflict',
  support_contacts_one_valid: 'conflict',
  subscriptions_one_trial: 'trialUsed',
  clock_runs_one_open: 'clockRunOpen',
  organizations_world_stays: 'worldStays',
  webhook_replays_one_running: 'replayRunning',
  users_username_key: 'usernameTaken',
  users_email_key: 'emailTaken',
  users_customer_email_key: 'emailTaken',
  license_assignments_within_owned: 'noLicenses',
}

/** The refusal that a violated constraint, a deadlock or a failed serialization stands for; undefined for other errors. */
export function refusalOfConstraint(error: unknown): Refusal | undefined {
  if (!(error instanceof DatabaseError)) return undefined
  if (error.code === '40001' || error.code === '40P01') return new Refusal('conflict')
  const reason = constraintRefusals[error.constraint ?? '']
  return reason === undefined ? undefined : new Refusal(reason)
}
