import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { cancelSubscription } from './cancel-subscription.ts'
import { changeSubscription } from './change-subscription.ts'
import { confirmOwner, withdrawOwner } from './confirm-owner.ts'
import { convertTrial } from './convert-trial.ts'
import { exportSubscriptions } from './export-subscriptions.ts'
import { removeScheduledChange, scheduleChange, setAutoRenew } from './manage-renewal.ts'
import { previewAct } from './preview-act.ts'
import { listSubscriptions } from './queries.ts'
import { readHistory } from './read-history.ts'
import { readNextTerms } from './read-next-terms.ts'
import { readSubscription } from './read-subscription.ts'
import { retryProvisioning } from './retry-provisioning.ts'
import { reactivateSubscription, suspendSubscription } from './suspend-subscription.ts'
import { upgradeSubscription } from './upgrade-subscription.ts'
import {
  Acted,
  ActOnInput,
  ActPreview,
  ChangedSubscription,
  ChangeSubscriptionInput,
  ConvertTrialInput,
  ListSubscriptionsInput,
  NextTerms,
  NextTermsInput,
  OwnerGrantInput,
  PreviewActInput,
  ScheduleChangeInput,
  SetAutoRenewInput,
  SubscriptionDetail,
  SubscriptionHistory,
  SubscriptionHistoryInput,
  SubscriptionInput,
  SubscriptionPage,
  SuspendInput,
  UpgradedSubscription,
  UpgradeSubscriptionInput,
} from './wire.ts'

const one = '/portal/v1/customers/:customerId/subscriptions/:subscriptionId'

export const subscriptionRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/subscriptions',
    summary: "A customer's subscriptions, newest first, those still being provisioned included.",
    needs: 'subscriptions.read',
    input: ListSubscriptionsInput,
    reply: SubscriptionPage,
    handle: listSubscriptions,
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'One subscription, and what the caller may do with it now.',
    needs: 'subscriptions.read',
    input: SubscriptionInput,
    reply: SubscriptionDetail,
    handle: readSubscription,
  }),
  route({
    method: 'PATCH',
    path: one,
    summary: 'Changes licenses, friendly name, Reseller (MPN ID) and designated support contact, all in one.',
    // Each field asks for a right of its own.
    needs: 'subscriptions.read',
    input: ChangeSubscriptionInput,
    reply: ChangedSubscription,
    handle: changeSubscription,
  }),
  route({
    method: 'GET',
    path: `${one}/history`,
    summary: 'What happened to a subscription, newest first.',
    needs: 'subscriptions.read',
    input: SubscriptionHistoryInput,
    reply: SubscriptionHistory,
    handle: readHistory,
  }),
  route({
    method: 'GET',
    path: `${one}/next-terms`,
    summary: 'What the next term may be: products, terms, billing frequencies with prices of now, and end dates.',
    needs: 'subscriptions.read',
    input: NextTermsInput,
    reply: NextTerms,
    handle: readNextTerms,
  }),
  route({
    method: 'POST',
    path: `${one}/preview`,
    summary: 'What an act would come to: charges with their formula, what moves, what is dropped. Stores nothing.',
    // Each act asks for a right of its own.
    needs: 'subscriptions.read',
    input: PreviewActInput,
    reply: ActPreview,
    handle: previewAct,
  }),
  route({
    method: 'POST',
    path: `${one}/cancellation`,
    summary: 'Cancels for good, within seven days of the purchase or renewal, and gives back what is left.',
    needs: 'subscriptions.cancel',
    input: ActOnInput,
    reply: Acted,
    handle: cancelSubscription,
  }),
  route({
    method: 'POST',
    path: `${one}/suspension`,
    summary: 'Shuts its users out; it goes on being charged and no longer renews by itself.',
    needs: 'subscriptions.suspend',
    input: SuspendInput,
    reply: Acted,
    handle: suspendSubscription,
  }),
  route({
    method: 'POST',
    path: `${one}/reactivation`,
    summary: 'Lets the users of a suspended subscription in again while its term lasts.',
    needs: 'subscriptions.suspend',
    input: ActOnInput,
    reply: Acted,
    handle: reactivateSubscription,
  }),
  route({
    method: 'PUT',
    path: `${one}/auto-renew`,
    summary: 'Says whether the term is followed by the next one.',
    needs: 'subscriptions.manage_renewal',
    input: SetAutoRenewInput,
    reply: Acted,
    handle: setAutoRenew,
  }),
  route({
    method: 'PUT',
    path: `${one}/scheduled-change`,
    summary: 'Plans product, licenses, term, billing and end of the next term, in place of what was planned before.',
    needs: 'subscriptions.manage_renewal',
    input: ScheduleChangeInput,
    reply: Acted,
    handle: scheduleChange,
  }),
  route({
    method: 'DELETE',
    path: `${one}/scheduled-change`,
    summary: 'Takes back what was planned for the next term.',
    needs: 'subscriptions.manage_renewal',
    input: ActOnInput,
    reply: Acted,
    handle: removeScheduledChange,
  }),
  route({
    method: 'POST',
    path: `${one}/conversion`,
    summary: 'Makes a trial a paid subscription at once.',
    needs: 'subscriptions.upgrade',
    input: ConvertTrialInput,
    reply: Acted,
    handle: convertTrial,
  }),
  route({
    method: 'POST',
    path: `${one}/upgrade`,
    summary: 'Moves all or some licenses to a product the catalog allows.',
    needs: 'subscriptions.upgrade',
    input: UpgradeSubscriptionInput,
    reply: UpgradedSubscription,
    handle: upgradeSubscription,
  }),
  route({
    method: 'PUT',
    path: `${one}/owner-grant`,
    summary: "Notes that a reseller was given owner rights in a usage-based service's own portal.",
    needs: 'subscriptions.set_reseller',
    input: OwnerGrantInput,
    reply: 204,
    handle: confirmOwner,
  }),
  route({
    method: 'DELETE',
    path: `${one}/owner-grant`,
    summary: 'Takes back that a reseller has owner rights.',
    needs: 'subscriptions.set_reseller',
    input: OwnerGrantInput,
    reply: 204,
    handle: withdrawOwner,
  }),
  route({
    method: 'POST',
    path: `${one}/provisioning-retry`,
    summary: 'Tries failed provisioning again.',
    needs: 'subscriptions.retry_provisioning',
    input: SubscriptionInput,
    reply: 204,
    handle: retryProvisioning,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/subscriptions/export',
    summary: "The provider's subscriptions as a CSV file.",
    needs: 'customers.export',
    input: z.strictObject({}),
    reply: 'csv',
    handle: async (deps, actor) => exportSubscriptions(deps, actor),
  }),
]
