import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { AnyRoute, RouteComponent } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import type { OrganizationKind, Permission } from '../kernel/permissions.ts'
import { onSessionChange } from './api.ts'
import { loadStrings, showLanguage } from './i18n.ts'
import { links } from './links.ts'
import { queryClient } from './query.ts'
import { may, sessionQuery } from './session.ts'
import type { Session } from './session.ts'
import type { StringsFile } from './strings.ts'
import { ErrorPage, ForbiddenPage, NotFoundPage } from './ui/problem-pages.tsx'
import { PageSkeleton } from './ui/Skeletons.tsx'

/** One page: its address, who may open it, which texts it needs, and its component. */
interface PageEntry {
  readonly path: string
  /**
   * `public`: everybody, with or without a session. `signedIn`: everybody signed in. Otherwise the permission, or one of the
   * permissions, that opens the page; the server decides about each action again.
   */
  readonly open: 'public' | 'signedIn' | Permission | readonly Permission[]
  /** The kinds of organization the page is for; all when left out. Others are told that there is no such page. */
  readonly kinds?: readonly OrganizationKind[]
  readonly strings: readonly StringsFile[]
  /** The page's file, fetched when somebody goes there, and the name of its component in it. */
  readonly load: () => Promise<{ readonly [name: string]: unknown }>
  readonly show: string
}

// One line a page, as long as it needs to be: a table reads better unbroken.
// oxfmt-ignore
/** Pages inside the frame with top bar and navigation. */
const pages: readonly PageEntry[] = [
  { path: '/', open: 'signedIn', strings: ['home', 'activity'], load: () => import('./pages/home/HomePage.tsx'), show: 'HomePage' },
  { path: '/activity', open: ['activity.read_own', 'activity.read_all'], strings: ['activity'], load: () => import('./pages/activity/ActivityPage.tsx'), show: 'ActivityPage' },
  { path: '/action-center', open: 'signedIn', strings: ['actionCenter'], load: () => import('./pages/action-center/ActionCenterPage.tsx'), show: 'ActionCenterPage' },
  { path: '/sandbox', open: 'sandbox.manage', kinds: ['provider'], strings: ['sandbox', 'activity'], load: () => import('./pages/sandbox/SandboxPage.tsx'), show: 'SandboxPage' },
  { path: '/profile', open: 'profile.read', kinds: ['provider'], strings: ['program'], load: () => import('./pages/profile/ProfilePage.tsx'), show: 'ProfilePage' },
  { path: '/directory', open: 'directory.read', strings: ['program'], load: () => import('./pages/directory/DirectoryPage.tsx'), show: 'DirectoryPage' },
  { path: '/directory/$providerId', open: 'directory.read', strings: ['program'], load: () => import('./pages/directory/DirectoryProfilePage.tsx'), show: 'DirectoryProfilePage' },
  { path: '/directory/$providerId/edit', open: 'directory.edit', strings: ['program'], load: () => import('./pages/directory/EditDirectoryProfilePage.tsx'), show: 'EditDirectoryProfilePage' },
  { path: '/organizations', open: 'organizations.read', strings: ['program'], load: () => import('./pages/directory/OrganizationsPage.tsx'), show: 'OrganizationsPage' },
  { path: '/resellers', open: 'partnerships.read', kinds: ['provider'], strings: ['partnerships'], load: () => import('./pages/partnerships/ResellersPage.tsx'), show: 'ResellersPage' },
  { path: '/resellers/request', open: 'partnerships.request', kinds: ['provider'], strings: ['partnerships'], load: () => import('./pages/partnerships/RequestPartnershipPage.tsx'), show: 'RequestPartnershipPage' },
  { path: '/resellers/requests', open: 'partnerships.request', kinds: ['provider'], strings: ['partnerships'], load: () => import('./pages/partnerships/RequestsPage.tsx'), show: 'RequestsPage' },
  { path: '/resellers/$partnershipId', open: 'partnerships.read', kinds: ['provider'], strings: ['partnerships'], load: () => import('./pages/partnerships/PartnershipPage.tsx'), show: 'PartnershipPage' },
  { path: '/resellers/$partnershipId/removal', open: 'partnerships.remove', kinds: ['provider'], strings: ['partnerships'], load: () => import('./pages/partnerships/RemovalPage.tsx'), show: 'RemovalPage' },
  { path: '/providers', open: 'partnerships.read', kinds: ['reseller'], strings: ['partnerships'], load: () => import('./pages/partnerships/ProvidersPage.tsx'), show: 'ProvidersPage' },
  { path: '/providers/$partnershipId', open: 'partnerships.read', kinds: ['reseller'], strings: ['partnerships'], load: () => import('./pages/partnerships/PartnershipPage.tsx'), show: 'PartnershipPage' },
  { path: '/providers/$partnershipId/removal', open: 'partnerships.remove', kinds: ['reseller'], strings: ['partnerships'], load: () => import('./pages/partnerships/RemovalPage.tsx'), show: 'RemovalPage' },
  { path: '/customers', open: 'customers.read', strings: ['customers'], load: () => import('./pages/customers/CustomersPage.tsx'), show: 'CustomersPage' },
  { path: '/customers/$customerId/account', open: 'customers.read', strings: ['customers'], load: () => import('./pages/customers/AccountPage.tsx'), show: 'AccountPage' },
  { path: '/customers/new', open: 'customers.add', kinds: ['provider'], strings: ['orders', 'customers', 'catalog', 'subscriptions', 'refusals'], load: () => import('./pages/new-subscription/NewCustomerPage.tsx'), show: 'NewCustomerPage' },
  { path: '/customers/$customerId/new-subscription', open: 'orders.submit', kinds: ['provider'], strings: ['orders', 'customers', 'catalog', 'subscriptions', 'refusals'], load: () => import('./pages/new-subscription/NewSubscriptionPage.tsx'), show: 'NewSubscriptionPage' },
  { path: '/customers/$customerId/subscriptions', open: 'subscriptions.read', kinds: ['provider', 'reseller'], strings: ['subscriptions', 'orderRequests', 'customers'], load: () => import('./pages/subscriptions/CustomerSubscriptionsPage.tsx'), show: 'CustomerSubscriptionsPage' },
  { path: '/customers/$customerId/subscriptions/$subscriptionId', open: 'subscriptions.read', kinds: ['provider', 'reseller'], strings: ['subscriptions', 'orderRequests', 'support', 'orders', 'customers', 'activity', 'refusals'], load: () => import('./pages/subscriptions/SubscriptionPage.tsx'), show: 'SubscriptionPage' },
  { path: '/customers/$customerId/subscriptions/$subscriptionId/upgrade', open: 'subscriptions.upgrade', kinds: ['provider'], strings: ['subscriptions', 'customers', 'activity', 'refusals'], load: () => import('./pages/subscriptions/UpgradePage.tsx'), show: 'UpgradePage' },
  { path: '/customers/$customerId/subscriptions/$subscriptionId/renewal', open: 'subscriptions.manage_renewal', kinds: ['provider', 'reseller'], strings: ['subscriptions', 'customers', 'activity', 'refusals'], load: () => import('./pages/subscriptions/ManageRenewalPage.tsx'), show: 'ManageRenewalPage' },
  { path: '/customers/$customerId/subscriptions/$subscriptionId/conversion', open: 'subscriptions.upgrade', kinds: ['provider'], strings: ['subscriptions', 'customers', 'activity', 'refusals'], load: () => import('./pages/subscriptions/ConvertTrialPage.tsx'), show: 'ConvertTrialPage' },
  { path: '/customers/$customerId/orders', open: 'orders.read', kinds: ['provider', 'reseller'], strings: ['orders', 'subscriptions', 'customers'], load: () => import('./pages/orders/CustomerOrdersPage.tsx'), show: 'CustomerOrdersPage' },
  { path: '/customers/$customerId/users', open: ['customer_users.read', 'customer_users.upload', 'licenses.assign'], kinds: ['provider', 'reseller'], strings: ['licenses', 'users', 'customers', 'refusals'], load: () => import('./pages/licenses/CustomerPeoplePage.tsx'), show: 'CustomerPeoplePage' },
  { path: '/customers/$customerId/users/upload', open: 'customer_users.upload', kinds: ['provider', 'reseller'], strings: ['licenses', 'refusals'], load: () => import('./pages/licenses/UploadPage.tsx'), show: 'UploadPage' },
  { path: '/orders', open: 'orders.read', kinds: ['provider', 'reseller'], strings: ['orders', 'subscriptions'], load: () => import('./pages/orders/OrdersPage.tsx'), show: 'OrdersPage' },
  { path: '/order-requests', open: 'order_requests.read', kinds: ['provider', 'reseller'], strings: ['orderRequests'], load: () => import('./pages/order-requests/OrderRequestsPage.tsx'), show: 'OrderRequestsPage' },
  { path: '/customers/$customerId/order-requests/new', open: 'order_requests.write', kinds: ['reseller'], strings: ['orderRequests', 'orders', 'catalog', 'customers'], load: () => import('./pages/order-requests/NewOrderRequestPage.tsx'), show: 'NewOrderRequestPage' },
  { path: '/customers/$customerId/order-requests/$orderRequestId', open: 'order_requests.read', kinds: ['provider', 'reseller'], strings: ['orderRequests', 'catalog', 'refusals'], load: () => import('./pages/order-requests/OrderRequestPage.tsx'), show: 'OrderRequestPage' },
  { path: '/customers/$customerId/order-requests/$orderRequestId/edit', open: 'order_requests.write', kinds: ['reseller'], strings: ['orderRequests', 'orders', 'catalog', 'customers'], load: () => import('./pages/order-requests/EditOrderRequestPage.tsx'), show: 'EditOrderRequestPage' },
  { path: '/customers/$customerId/order-requests/$orderRequestId/acceptance', open: 'order_requests.answer', kinds: ['provider'], strings: ['orderRequests', 'orders', 'catalog', 'customers', 'subscriptions', 'refusals'], load: () => import('./pages/order-requests/AcceptOrderRequestPage.tsx'), show: 'AcceptOrderRequestPage' },
  { path: '/renewals', open: 'renewals.read', kinds: ['provider', 'reseller'], strings: ['renewals', 'customers'], load: () => import('./pages/renewals/RadarPage.tsx'), show: 'RadarPage' },
  { path: '/my-subscriptions', open: 'subscriptions.read', kinds: ['customer'], strings: ['subscriptions', 'support'], load: () => import('./pages/my-subscriptions/MySubscriptionsPage.tsx'), show: 'MySubscriptionsPage' },
  { path: '/service-requests', open: 'service_requests.read', strings: ['support'], load: () => import('./pages/service-requests/ServiceRequestsPage.tsx'), show: 'ServiceRequestsPage' },
  { path: '/service-requests/new', open: 'service_requests.write', strings: ['support', 'refusals'], load: () => import('./pages/service-requests/NewServiceRequestPage.tsx'), show: 'NewServiceRequestPage' },
  { path: '/service-requests/$customerId/$serviceRequestId', open: 'service_requests.read', strings: ['support', 'activity', 'refusals'], load: () => import('./pages/service-requests/ServiceRequestPage.tsx'), show: 'ServiceRequestPage' },
  { path: '/relationship-request', open: 'customers.request_relationship', strings: ['relationships', 'customers', 'partnerships'], load: () => import('./pages/relationship-request/RelationshipRequestPage.tsx'), show: 'RelationshipRequestPage' },
  { path: '/my-partners', open: 'customers.read_partners', strings: ['relationships', 'customers'], load: () => import('./pages/my-partners/MyPartnersPage.tsx'), show: 'MyPartnersPage' },
  { path: '/my-profile', open: 'signedIn', strings: ['myProfile', 'signIn'], load: () => import('./pages/my-profile/MyProfilePage.tsx'), show: 'MyProfilePage' },
  { path: '/users', open: 'users.read', strings: ['users', 'licenses', 'refusals'], load: () => import('./pages/users/UsersEntry.tsx'), show: 'UsersEntry' },
  { path: '/users/upload', open: 'customer_users.upload', kinds: ['customer'], strings: ['licenses', 'refusals'], load: () => import('./pages/licenses/UploadPage.tsx'), show: 'UploadPage' },
  { path: '/webhooks', open: 'webhooks.manage', strings: ['webhooks', 'refusals'], load: () => import('./pages/webhooks/WebhooksPage.tsx'), show: 'WebhooksPage' },
  { path: '/webhooks/$webhookId', open: 'webhooks.manage', strings: ['webhooks', 'refusals'], load: () => import('./pages/webhooks/WebhookPage.tsx'), show: 'WebhookPage' },
  { path: '/catalog', open: 'catalog.read', strings: ['catalog'], load: () => import('./pages/catalog/CatalogPage.tsx'), show: 'CatalogPage' },
  { path: '/catalog/import', open: 'catalog.import', strings: ['catalog'], load: () => import('./pages/catalog/ImportPage.tsx'), show: 'ImportPage' },
  { path: '/outbox', open: 'mails.read', kinds: ['operator'], strings: ['outbox', 'refusals'], load: () => import('./pages/outbox/OutboxPage.tsx'), show: 'OutboxPage' },
  { path: '/outbox/$mailId', open: 'mails.read', kinds: ['operator'], strings: ['outbox', 'refusals'], load: () => import('./pages/outbox/MailPage.tsx'), show: 'MailPage' },
  { path: '/help', open: 'public', strings: ['help'], load: () => import('./pages/help/HelpIndexPage.tsx'), show: 'HelpIndexPage' },
  { path: '/help/$topic', open: 'public', strings: ['help'], load: () => import('./pages/help/HelpPage.tsx'), show: 'HelpPage' },
]

// oxfmt-ignore
/** Pages without navigation: before somebody is signed in, or before they may do anything else. */
const barePages: readonly PageEntry[] = [
  { path: '/sign-in', open: 'public', strings: ['signIn'], load: () => import('./pages/sign-in/SignInPage.tsx'), show: 'SignInPage' },
  { path: '/invitation/$token', open: 'public', strings: ['invitation'], load: () => import('./pages/invitation/InvitationPage.tsx'), show: 'InvitationPage' },
  { path: '/relationship/$token', open: 'public', strings: ['relationships', 'customers', 'refusals'], load: () => import('./pages/relationship-request/RelationshipPage.tsx'), show: 'RelationshipPage' },
  { path: '/first-run', open: 'public', strings: ['firstRun'], load: () => import('./pages/first-run/FirstRunPage.tsx'), show: 'FirstRunPage' },
  { path: '/first-sign-in', open: 'public', strings: ['signIn'], load: () => import('./pages/first-sign-in/FirstSignInPage.tsx'), show: 'FirstSignInPage' },
]

async function readSession(): Promise<Session | null> {
  const session = await queryClient.ensureQueryData(sessionQuery)
  if (session) await showLanguage(session.user.locale)
  return session
}

const Shell = lazy(() => import('./shell/Shell.tsx').then((module) => ({ default: module.Shell })))

const root = createRootRoute({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
})

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  beforeLoad: async () => {
    await Promise.all([readSession(), loadStrings('shell')])
  },
  component: () => (
    <Suspense fallback={null}>
      <Shell>
        <Outlet />
      </Shell>
    </Suspense>
  ),
})

const bare = createRoute({
  getParentRoute: () => root,
  id: 'bare',
  beforeLoad: () => readSession(),
  component: Outlet,
})

function page(parent: AnyRoute, entry: PageEntry): AnyRoute {
  const load = entry.load as () => Promise<Record<string, () => ReactNode>>
  const Content: RouteComponent = lazyRouteComponent(load, entry.show)
  return createRoute({
    getParentRoute: () => parent,
    path: entry.path,
    beforeLoad: async ({ location }) => {
      if (entry.open === 'public') return
      const session = await readSession()
      if (!session) throw redirect({ to: '/sign-in', search: { to: location.href } })
      if (session.mustFirst === 'passwordChangeRequired')
        throw redirect({ to: '/first-sign-in', search: { to: location.href } })
      if (session.mustFirst === 'secondFactorRequired' && entry.path !== '/my-profile')
        throw redirect({ to: '/my-profile' })
    },
    loader: async () => {
      const session = queryClient.getQueryData(sessionQuery.queryKey)
      const barred = whyBarred(entry, session)
      if (!barred) await Promise.all([loadStrings(...entry.strings), Content.preload?.()])
    },
    component: () => <Guarded entry={entry} content={Content} />,
    errorComponent: ErrorPage,
    pendingComponent: PageSkeleton,
    pendingMs: 300,
  })
}

function whyBarred(entry: PageEntry, session: Session | null | undefined): 'kind' | 'permission' | undefined {
  if (entry.open === 'public' || !session) return undefined
  if (entry.kinds && !entry.kinds.includes(session.organization.kind)) return 'kind'
  if (entry.open === 'signedIn') return undefined
  const needed = typeof entry.open === 'string' ? [entry.open] : entry.open
  return needed.some((permission) => may(session, permission)) ? undefined : 'permission'
}

function Guarded({ entry, content: Content }: { entry: PageEntry; content: RouteComponent }) {
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  const barred = whyBarred(entry, session)
  if (barred === 'kind') return <NotFoundPage />
  if (barred === 'permission') {
    const needed = typeof entry.open === 'string' ? [entry.open] : entry.open
    return <ForbiddenPage permissions={needed as readonly Permission[]} />
  }
  return <Content />
}

const unknown = createRoute({ getParentRoute: () => framed, path: '$', component: NotFoundPage })

/** Search params as plain names and strings, as people write them; a repeated name is a list. Pages read them with `useUrlState`. */
function parseSearch(search: string): Record<string, string | string[]> {
  const params = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}

function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (Array.isArray(value)) for (const one of value) params.append(name, String(one))
    else if (typeof value === 'string' && value !== '') params.set(name, value)
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

/** The portal's addresses, put together once. */
export function createPortalRouter() {
  const router = createRouter({
    routeTree: root.addChildren([
      framed.addChildren([...pages.map((entry) => page(framed, entry)), unknown]),
      bare.addChildren(barePages.map((entry) => page(bare, entry))),
    ]),
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: false,
    defaultNotFoundComponent: NotFoundPage,
  })
  let leaving = false
  onSessionChange((change) => {
    const here = router.state.location.href
    if (leaving || here.startsWith('/sign-in') || here.startsWith('/first-sign-in')) return
    if (change === 'setup') {
      void queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 }).then(() => router.invalidate())
      return
    }
    // The page still stands until sign-in has taken its place, and it counts on a session until then.
    leaving = true
    const forget = router.subscribe('onResolved', () => {
      forget()
      leaving = false
      queryClient.setQueryData(sessionQuery.queryKey, null)
    })
    // What was typed is kept by the page; a question about leaving would only stand in the way of signing in again.
    router.history.push(`${links.signIn(here)}&ended=1`, undefined, { ignoreBlocker: true })
  })
  return router
}
