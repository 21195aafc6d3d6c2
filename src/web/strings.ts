import type actionCenter from '../strings/en/actionCenter.json'
import type activity from '../strings/en/activity.json'
import type catalog from '../strings/en/catalog.json'
import type common from '../strings/en/common.json'
import type customers from '../strings/en/customers.json'
import type fieldRules from '../strings/en/fieldRules.json'
import type firstRun from '../strings/en/firstRun.json'
import type licenses from '../strings/en/licenses.json'
import type help from '../strings/en/help.json'
import type home from '../strings/en/home.json'
import type myProfile from '../strings/en/myProfile.json'
import type invitation from '../strings/en/invitation.json'
import type orderRequests from '../strings/en/orderRequests.json'
import type orders from '../strings/en/orders.json'
import type outbox from '../strings/en/outbox.json'
import type partnerships from '../strings/en/partnerships.json'
import type program from '../strings/en/program.json'
import type refusals from '../strings/en/refusals.json'
import type sandbox from '../strings/en/sandbox.json'
import type renewals from '../strings/en/renewals.json'
import type shell from '../strings/en/shell.json'
import type relationships from '../strings/en/relationships.json'
import type signIn from '../strings/en/signIn.json'
import type subscriptions from '../strings/en/subscriptions.json'
import type webhooks from '../strings/en/webhooks.json'
import type support from '../strings/en/support.json'
import type users from '../strings/en/users.json'

/**
 * All texts of the portal, typed from the English files: one line a file of `src/strings/en`. A page area has one file, and names it
 * in its routes (`page('help', …)`) so that the texts arrive together with the page.
 */
export interface Strings {
  actionCenter: typeof actionCenter
  activity: typeof activity
  catalog: typeof catalog
  common: typeof common
  customers: typeof customers
  fieldRules: typeof fieldRules
  firstRun: typeof firstRun
  /** The topics are lists of sections, read as a whole. */
  help: Omit<typeof help, 'topics'>
  home: typeof home
  licenses: typeof licenses
  myProfile: typeof myProfile
  invitation: typeof invitation
  orderRequests: typeof orderRequests
  orders: typeof orders
  outbox: typeof outbox
  partnerships: typeof partnerships
  program: typeof program
  refusals: typeof refusals
  sandbox: typeof sandbox
  renewals: typeof renewals
  shell: typeof shell
  relationships: typeof relationships
  signIn: typeof signIn
  subscriptions: typeof subscriptions
  support: typeof support
  users: typeof users
  webhooks: typeof webhooks
}

export type StringsFile = keyof Strings

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Strings
    interpolationPrefix: '{'
    interpolationSuffix: '}'
    returnNull: false
  }
}
