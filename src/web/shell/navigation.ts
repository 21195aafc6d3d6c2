import { BuildingShopRegular } from '@fluentui/react-icons/svg/building-shop'
import { CalendarClockRegular } from '@fluentui/react-icons/svg/calendar-clock'
import { CartRegular } from '@fluentui/react-icons/svg/cart'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { ClockRegular } from '@fluentui/react-icons/svg/clock'
import { ContactCardRegular } from '@fluentui/react-icons/svg/contact-card'
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up'
import { GridRegular } from '@fluentui/react-icons/svg/grid'
import { HandshakeRegular } from '@fluentui/react-icons/svg/handshake'
import { HistoryRegular } from '@fluentui/react-icons/svg/history'
import { HomeRegular } from '@fluentui/react-icons/svg/home'
import { ClipboardLetterRegular } from '@fluentui/react-icons/svg/clipboard-letter'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { PeopleRegular } from '@fluentui/react-icons/svg/people'
import { PersonSupportRegular } from '@fluentui/react-icons/svg/person-support'
import { PersonSettingsRegular } from '@fluentui/react-icons/svg/person-settings'
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected'
import { SearchRegular } from '@fluentui/react-icons/svg/search'
import type { FluentIcon } from '@fluentui/react-icons'
import type { OrganizationKind, Permission } from '../../kernel/permissions.ts'
import type shellStrings from '../../strings/en/shell.json'
import { links } from '../links.ts'
import { may } from '../session.ts'
import type { Session } from '../session.ts'

export interface NavigationItem {
  readonly name: keyof (typeof shellStrings)['page']
  readonly href: string
  readonly Icon: FluentIcon
  /** Any of these permissions shows the item; everybody sees it without. */
  readonly needs?: readonly Permission[]
  /** Where to ask how many things behind it wait: a reply with `open`. */
  readonly waiting?: string
  /** Only for those who live in a sandbox. */
  readonly sandboxOnly?: true
}

export interface NavigationGroup {
  /** Heading of the group; the first group has none. */
  readonly name?: keyof (typeof shellStrings)['workspace']
  readonly items: readonly NavigationItem[]
}

const home = { name: 'home', href: links.home(), Icon: HomeRegular } as const satisfies NavigationItem
const customers = {
  name: 'customers',
  href: links.customers(),
  Icon: PeopleRegular,
  needs: ['customers.read'],
} as const satisfies NavigationItem
const orderRequests = {
  name: 'orderRequests',
  href: links.orderRequests(),
  Icon: ClipboardLetterRegular,
  needs: ['order_requests.read'],
} as const satisfies NavigationItem
const renewals = {
  name: 'renewals',
  href: links.renewals(),
  Icon: CalendarClockRegular,
  needs: ['renewals.read'],
} as const satisfies NavigationItem
const activity = {
  name: 'activity',
  href: links.activity(),
  Icon: HistoryRegular,
  needs: ['activity.read_own', 'activity.read_all'],
} as const satisfies NavigationItem
const users = {
  name: 'users',
  href: links.users(),
  Icon: PersonSettingsRegular,
  needs: ['users.read'],
} as const satisfies NavigationItem
const serviceRequests = {
  name: 'serviceRequests',
  href: links.serviceRequests(),
  Icon: PersonSupportRegular,
  needs: ['service_requests.read'],
  waiting: '/portal/v1/service-requests/count',
} as const satisfies NavigationItem
const support = { name: 'support', items: [serviceRequests] } as const satisfies NavigationGroup
const actionCenter = {
  name: 'actionCenter',
  href: links.actionCenter(),
  Icon: CheckmarkCircleRegular,
} as const satisfies NavigationItem
const webhooks = {
  name: 'webhooks',
  href: links.webhooks(),
  Icon: PlugConnectedRegular,
  needs: ['webhooks.manage'],
} as const satisfies NavigationItem
const administration = {
  name: 'administration',
  items: [activity, users, webhooks, actionCenter],
} as const satisfies NavigationGroup
const sandbox = {
  name: 'sandbox',
  href: links.sandbox(),
  Icon: ClockRegular,
  needs: ['sandbox.manage'],
  sandboxOnly: true,
} as const satisfies NavigationItem

// oxfmt-ignore
const navigation: Readonly<Record<OrganizationKind, readonly NavigationGroup[]>> = {
  provider: [
    { items: [home] },
    { name: 'channel', items: [
      { name: 'profile', href: links.profile(), Icon: ContactCardRegular, needs: ['profile.read'] },
      { name: 'resellers', href: links.resellers(), Icon: HandshakeRegular, needs: ['partnerships.read'] },
    ] },
    { name: 'sales', items: [
      customers,
      renewals,
      { name: 'orders', href: links.orders(), Icon: CartRegular, needs: ['orders.read'] },
      orderRequests,
      { name: 'catalog', href: links.catalog(), Icon: GridRegular, needs: ['catalog.read'] },
    ] },
    support,
    { ...administration, items: [...administration.items, sandbox] },
  ],
  reseller: [
    { items: [home] },
    { name: 'channel', items: [
      { name: 'providers', href: links.providers(), Icon: HandshakeRegular, needs: ['partnerships.read'] },
      { name: 'directory', href: links.directory(), Icon: SearchRegular, needs: ['directory.read'] },
    ] },
    { name: 'sales', items: [customers, renewals, orderRequests] },
    support,
    administration,
  ],
  customer: [
    { items: [
      home,
      { name: 'mySubscriptions', href: links.mySubscriptions(), Icon: GridRegular, needs: ['subscriptions.read'] },
      { name: 'myPartners', href: links.myPartners(), Icon: HandshakeRegular, needs: ['customers.read_partners'] },
      serviceRequests,
    ] },
    administration,
  ],
  operator: [
    { items: [home] },
    { name: 'program', items: [
      { name: 'providerDirectory', href: links.directory(), Icon: BuildingShopRegular, needs: ['directory.read'] },
      { name: 'catalog', href: links.catalog(), Icon: GridRegular, needs: ['catalog.read'] },
      { name: 'catalogImport', href: links.catalogImport(), Icon: DocumentArrowUpRegular, needs: ['catalog.import'] },
      { name: 'outbox', href: links.outbox(), Icon: MailRegular, needs: ['mails.read'] },
    ] },
    administration,
  ],
}

/** The menu of a person: the groups of the organization's kind with the pages the roles open. Empty groups are left out. */
export function navigationOf(session: Session): readonly NavigationGroup[] {
  return navigation[session.organization.kind]
    .map((group) => ({
      ...group,
      items: group.items.filter(
        ({ needs, sandboxOnly }) =>
          (!needs || needs.some((permission) => may(session, permission))) &&
          (!sandboxOnly || session.organization.sandboxNow !== null),
      ),
    }))
    .filter((group) => group.items.length > 0)
}

/** The item that the address belongs to: the longest one it starts with, so that a detail page marks its list. */
export function currentItem(groups: readonly NavigationGroup[], path: string): NavigationItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter(({ href }) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
    .toSorted((one, other) => other.href.length - one.href.length)[0]
}
