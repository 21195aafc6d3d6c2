import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { exportRenewals } from './export-renewals.ts'
import { listRenewals } from './list-renewals.ts'
import { markProfileReviewed } from './mark-profile-reviewed.ts'
import { readHome } from './read-home.ts'
import { readRenewalTotals } from './read-renewal-totals.ts'
import { search } from './search.ts'
import {
  Home,
  ListRenewalsInput,
  RenewalPage,
  RenewalsFilterInput,
  RenewalTotals,
  SearchInput,
  SearchResults,
} from './wire.ts'

export const overviewRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/home',
    summary: 'What the signed-in user should look at: setup steps, counts, renewals ahead.',
    needs: 'signedIn',
    input: z.strictObject({}),
    reply: Home,
    handle: readHome,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/home/profile-review',
    summary: 'Notes for the setup checklist that the provider reviewed its directory profile.',
    needs: 'profile.read',
    input: z.strictObject({}),
    reply: 204,
    handle: markProfileReviewed,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/search',
    summary: 'Finds partners, customers, subscriptions and orders by name, domain, id, MPN ID or order number.',
    needs: 'signedIn',
    input: SearchInput,
    reply: SearchResults,
    handle: async (deps, actor, input) => await search(deps.db, actor, input),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/renewals',
    summary: 'Terms of subscriptions that come to their end within 30, 60 or 90 days, and what then happens.',
    needs: 'renewals.read',
    input: ListRenewalsInput,
    reply: RenewalPage,
    handle: listRenewals,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/renewals/totals',
    summary: 'How many terms end with which outcome, week by week, and what their renewals come to at retail.',
    needs: 'renewals.read',
    input: RenewalsFilterInput,
    reply: RenewalTotals,
    handle: readRenewalTotals,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/renewals/export',
    summary: 'The same terms as a CSV file.',
    needs: 'renewals.export',
    input: RenewalsFilterInput,
    reply: 'csv',
    handle: exportRenewals,
  }),
]
