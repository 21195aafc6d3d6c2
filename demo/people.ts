import type { OrganizationKind, Role } from '../src/kernel/permissions.ts'
import type { Locale } from '../src/platform/context.ts'

/** What stands before the `@` in the user name of whoever holds a role, so that a name is known without looking it up. */
export const localParts: Readonly<Record<Role, string>> = {
  global_admin: 'admin',
  user_management_admin: 'users',
  admin_agent: 'agent',
  sales_agent: 'sales',
  helpdesk_agent: 'helpdesk',
  billing_admin: 'billing',
  account_admin: 'account',
  mpn_partner_admin: 'mpn',
  billing_contact: 'billing',
  user: 'user',
  platform_operator: 'operator',
}

interface Pool {
  readonly first: readonly string[]
  readonly last: readonly string[]
}

const pools: Readonly<Record<Locale, Pool>> = {
  tr: {
    first: words(
      'Elif Mert Zeynep Emre Ayşe Burak Selin Kerem Defne Ozan İpek Çağlar Şule Barış Ece Tolga Gizem Umut Nazlı Kaan',
    ),
    last: words(
      'Yılmaz Demir Kaya Şahin Çelik Aydın Öztürk Arslan Doğan Kılıç Aslan Çetin Koç Kurt Özdemir Polat Erdoğan Güneş Işık',
    ),
  },
  en: {
    first: words(
      'Grace Daniel Olivia Marcus Hannah Ethan Chloe Nathan Abigail Tyler Megan Lucas Rachel Owen Claire Victor Amber Simon',
    ),
    last: words(
      'Whitfield Harper Nguyen Brooks Sullivan Ortega Bennett Coleman Hayes Fletcher Marsh Delgado Porter Lindqvist Avery',
    ),
  },
}

function words(text: string): readonly string[] {
  return text.split(' ')
}

export interface PersonName {
  readonly firstName: string
  readonly lastName: string
}

/** A name by its number: the same number is the same name, and near numbers share neither first nor last name. */
export function personName(locale: Locale, number: number): PersonName {
  const { first, last } = pools[locale]
  return {
    firstName: first[(number * 7) % first.length] ?? 'Deniz',
    lastName: last[(number * 11 + Math.floor(number / first.length)) % last.length] ?? 'Demir',
  }
}

/** The user name of whoever holds a role at a party. */
export function usernameOf(role: Role, domain: string): string {
  return `${localParts[role]}@${domain}`
}

/** The kind's name in texts for people who read the list of accounts. */
export const kindNames: Readonly<Record<OrganizationKind, string>> = {
  operator: 'Operator',
  provider: 'Indirect provider',
  reseller: 'Indirect reseller',
  customer: 'Customer',
}
