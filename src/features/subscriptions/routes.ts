import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { changeSubscription } from './change-subscription.ts'
import { confirmOwner, withdrawOwner } from './confirm-owner.ts'
import { exportSubscriptions } from './export-subscriptions.ts'
import { listSubscriptions } from './queries.ts'
import { readHistory } from './read-history.ts'
import { readSubscription } from './read-subscription.ts'
import { retryProvisioning } from './retry-provisioning.ts'
import { upgradeSubscription } from './upgrade-subscription.ts'
import {
  ChangedSubscription,
  ChangeSubscriptionInput,
  ListSubscriptionsInput,
  OwnerGrantInput,
  SubscriptionDetail,
  SubscriptionHistory,
  SubscriptionHistoryInput,
  SubscriptionInput,
  SubscriptionPage,
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
