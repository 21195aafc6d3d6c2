import type { RefusalName } from '../../kernel/errors.ts'
import type { MailState } from '../../kernel/mails.ts'

/**
 * How urgent a notification is. Mandatory and recommended ones ask for something to be done and are completed by doing it;
 * a mandatory one stays until then. The others only tell.
 */
export type NotificationClass = 'mandatory' | 'recommended' | 'transactional' | 'promotional'

/** What can be notified, and the values its sentence needs: names and numbers only, never a secret. */
export interface NotificationParams {
  agreementMissing: { readonly region: string }
  catalogImported: { readonly file: string; readonly lines: number }
  customerAdded: { readonly customer: string; readonly provider: string }
  customerAgreementAttested: { readonly provider: string; readonly acceptedBy: string; readonly acceptedOn: string }
  customerAgreementAsked: { readonly provider: string }
  customerAgreementMissing: { readonly customer: string }
  customerAssociated: { readonly customer: string; readonly provider: string }
  customerDisassociated: { readonly customer: string; readonly provider: string }
  invitationDeclined: { readonly recipient: string }
  orderCompleted: { readonly number: string; readonly customer: string }
  orderRequestAccepted: { readonly provider: string; readonly customer: string }
  orderRequestDeclined: { readonly provider: string; readonly customer: string }
  orderRequestSent: { readonly reseller: string; readonly customer: string }
  orderRequestWithdrawn: { readonly reseller: string; readonly customer: string }
  partnershipAccepted: { readonly reseller: string }
  partnershipEndedByProvider: { readonly provider: string }
  partnershipEndedByReseller: { readonly reseller: string }
  partnershipStarted: { readonly provider: string }
  privilegeExpiring: { readonly customer: string; readonly days: number }
  provisioningGivenUp: { readonly subscription: string; readonly customer: string }
  provisioningFailed: { readonly subscription: string; readonly customer: string }
  relationshipAccepted: { readonly customer: string }
  relationshipDeclined: { readonly customer: string }
  relationshipEnded: { readonly customer: string }
  relationshipStarted: { readonly partner: string }
  renewalAhead: { readonly subscription: string; readonly customer: string; readonly endOn: string }
  renewalsAhead: { readonly count: number; readonly provider: string }
  resellerAgreementMissing: { readonly reseller: string; readonly region: string }
  resellerOfRecordSet: { readonly subscription: string; readonly customer: string }
  scheduledChangeFailed: { readonly subscription: string; readonly customer: string; readonly planned: string }
  subscriptionEnding: { readonly subscription: string; readonly customer: string; readonly endOn: string }
  serviceRequestAnswered: { readonly number: string; readonly partner: string }
  serviceRequestClosed: { readonly number: string; readonly by: string }
  serviceRequestEscalated: { readonly number: string; readonly customer: string; readonly reseller: string }
  serviceRequestFiled: { readonly number: string; readonly customer: string }
  serviceRequestFiledForYou: { readonly number: string; readonly partner: string }
  serviceRequestOverdue: { readonly number: string; readonly customer: string }
  serviceRequestReopened: { readonly number: string; readonly by: string }
  serviceRequestReplied: { readonly number: string; readonly customer: string }
  supportContactSet: { readonly subscription: string; readonly customer: string }
  supportContactChanged: { readonly subscription: string; readonly partner: string }
  trialConverting: { readonly subscription: string; readonly customer: string; readonly endOn: string }
  trialEnding: { readonly subscription: string; readonly customer: string; readonly endOn: string }
  webhookFailing: { readonly host: string }
  webhookGone: { readonly host: string }
  userLockedOut: { readonly user: string }
}

export type NotificationKind = keyof NotificationParams

/** Every kind, for the wire. */
export const notificationKinds = [
  'agreementMissing',
  'catalogImported',
  'customerAdded',
  'customerAgreementAttested',
  'customerAgreementAsked',
  'customerAgreementMissing',
  'customerAssociated',
  'customerDisassociated',
  'invitationDeclined',
  'orderCompleted',
  'orderRequestAccepted',
  'orderRequestDeclined',
  'orderRequestSent',
  'orderRequestWithdrawn',
  'partnershipAccepted',
  'partnershipEndedByProvider',
  'partnershipEndedByReseller',
  'partnershipStarted',
  'privilegeExpiring',
  'provisioningFailed',
  'provisioningGivenUp',
  'relationshipAccepted',
  'relationshipDeclined',
  'relationshipEnded',
  'relationshipStarted',
  'renewalAhead',
  'renewalsAhead',
  'resellerAgreementMissing',
  'resellerOfRecordSet',
  'scheduledChangeFailed',
  'subscriptionEnding',
  'serviceRequestAnswered',
  'serviceRequestClosed',
  'serviceRequestEscalated',
  'serviceRequestFiled',
  'serviceRequestFiledForYou',
  'serviceRequestOverdue',
  'serviceRequestReopened',
  'serviceRequestReplied',
  'supportContactSet',
  'supportContactChanged',
  'trialConverting',
  'trialEnding',
  'userLockedOut',
  'webhookFailing',
  'webhookGone',
] as const satisfies readonly NotificationKind[]

/** Whether something has to be done about it, rather than only known. */
export function isAction(of: NotificationClass): boolean {
  return of === 'mandatory' || of === 'recommended'
}

/** Whether a person may put it away: everything but a mandatory action that is still to be done. */
export function isArchivable(notification: {
  readonly class: NotificationClass
  readonly completed: boolean
}): boolean {
  return notification.class !== 'mandatory' || notification.completed
}

/** Whether a mail cannot be tried again, and why; undefined when it can. */
export function decideRetry(mail: { readonly state: MailState }, hasMailServer: boolean): RefusalName | undefined {
  if (mail.state === 'sent') return 'mailSent'
  return hasMailServer ? undefined : 'mailServerMissing'
}
