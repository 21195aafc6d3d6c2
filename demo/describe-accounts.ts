import type { AccountsOf, DemoAccounts } from './accounts-file.ts'
import { localParts } from './people.ts'

/** Customers named in the list; all of them are in the file. */
const namedCustomers = 4

/** The list of who can sign in, as it is printed at each start of a demo. */
export function describeAccounts(accounts: DemoAccounts): string {
  const password = accounts.operator.users[0]?.password ?? ''
  const rows = [
    ...[accounts.operator].map((party) => row('Operator', party)),
    ...accounts.providers.map((party) => row('Indirect provider', party)),
    ...accounts.resellers.map((party) => row('Indirect reseller', party)),
    ...accounts.customers.slice(0, namedCustomers).map((party) => row('Customer', party)),
  ]
  const more = accounts.customers.length - namedCustomers
  const widths = [0, 1, 2].map((place) => Math.max(...rows.map((cells) => cells[place]?.length ?? 0)))
  const table = rows.map((cells) =>
    cells
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const roles =
    accounts.providers[0]?.users.map(({ role }) => `${localParts[role]} = ${role.replaceAll('_', ' ')}`) ?? []
  return [
    `Demo world at ${accounts.baseUrl}. Everybody's password: ${password}`,
    '',
    ...table,
    ...(more > 0 ? [`${more} more customers and all of this for scripts: demo-accounts.json in the data folder.`] : []),
    '',
    `<role> of partners: ${roles.slice(0, 4).join(', ')},`,
    `  ${roles.slice(4).join(', ')}`,
    '<role> of customers: admin = global admin, billing = billing contact, user',
  ].join('\n')
}

function row(kind: string, { name, domain, note, users }: AccountsOf): readonly string[] {
  const only = users.length === 1 ? users[0]?.username : undefined
  return [kind, name, only ?? `<role>@${domain}`, note]
}
