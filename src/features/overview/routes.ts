import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { markProfileReviewed } from './mark-profile-reviewed.ts'
import { readHome } from './read-home.ts'
import { search } from './search.ts'
import { Home, SearchInput, SearchResults } from './wire.ts'

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
]
