import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { mailSweepName } from '../../platform/send-mails.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction, notify } from '../notifications/notify.ts'
import { readTemplate, readTradingParty } from '../program/queries.ts'
import { holdCustomer } from './queries.ts'
import { mailAttestation } from './mail-attestation.ts'
import { checkAcceptanceDay, isPartnerEmail } from './rules.ts'
import { insertAcceptance } from './store.ts'
import type { Attestation, AttestAgreement } from './wire.ts'

/** Where a customer sees its partners and its agreement. */
const myPartners = '/my-partners'

/**
 * Notes inside the caller's transaction that a customer accepted the customer agreement, as the acting provider attests. An
 * earlier attestation of the same provider is superseded. The customer is told, its primary contact also by mail; when it
 * accepts itself, it is not.
 *
 * Who may attest is the caller's question: the four roles of the add-customer and order flow there, admin agents and sales
 * agents on the Account page, resellers never.
 *
 * @param fieldPrefix Path of the attestation in the request.
 * @throws Refusal invalidRequest for a day in the future or an address of the partner's own domain.
 */
export async function attestAgreement(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  actor: Actor,
  at: Date,
  customer: { readonly id: CustomerId; readonly name: string },
  { timeZone, ...acceptor }: Attestation,
  fieldPrefix = 'agreement.',
): Promise<void> {
  const day = checkAcceptanceDay(acceptor.acceptedOn, at, timeZone)
  if (day) throw new Refusal('invalidRequest', { fields: [{ field: `${fieldPrefix}acceptedOn`, rule: day }] })
  const provider = await readTradingParty(tx, actor.organizationId)
  if (isPartnerEmail(acceptor.email, [provider?.emailDomain ?? null])) {
    throw new Refusal('invalidRequest', { fields: [{ field: `${fieldPrefix}email`, rule: 'emailPartnerDomain' }] })
  }

  const { version } = await readTemplate(tx, 'customer', 'en', at)
  await insertAcceptance(tx, actor, at, {
    customerId: customer.id,
    providerId: actor.organizationId,
    version,
    acceptor,
  })
  const acceptedBy = `${acceptor.firstName} ${acceptor.lastName}`
  await record(tx, actor, at, {
    action: 'customer.agreement_attested',
    subjectKind: 'customer',
    subjectId: customer.id,
    customerId: customer.id,
    onBehalfOf: customer.name,
    after: { version, acceptedBy, acceptedOn: acceptor.acceptedOn },
  })
  await notify(tx, at, {
    organizationId: customer.id,
    audienceRoles: ['global_admin'],
    class: 'transactional',
    kind: 'customerAgreementAttested',
    params: { provider: actor.organizationName, acceptedBy, acceptedOn: acceptor.acceptedOn },
    link: myPartners,
  })
  await mailAttestation(tx, now(), actor, customer.id, { acceptedBy, acceptedOn: acceptor.acceptedOn })
  await completeAction(tx, at, { organizationId: customer.id, kind: 'customerAgreementAsked', link: myPartners })
}

/** Asks a customer's global admins to accept the customer agreement; orders wait until they do or a partner attests. */
export async function askForAgreement(tx: Tx, actor: Actor, at: Date, customerId: CustomerId): Promise<void> {
  await notify(tx, at, {
    organizationId: customerId,
    audienceRoles: ['global_admin'],
    class: 'mandatory',
    kind: 'customerAgreementAsked',
    params: { provider: actor.organizationName },
    link: myPartners,
  })
}

/**
 * Attests on a customer's Account page that it accepted the customer agreement.
 *
 * @throws Refusal notFound, invalidRequest
 */
export async function attestCustomerAgreement(deps: Deps, actor: Actor, input: AttestAgreement): Promise<void> {
  await write(deps, actor, async (tx) => {
    const { customerId, ...attestation } = input
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    await attestAgreement(tx, deps, actor, at, customer, attestation, '')
  })
  deps.nudge(mailSweepName)
}
