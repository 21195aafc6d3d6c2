import { useTranslation } from 'react-i18next'
import { defaultPrivileges } from '../../../features/customers/rules.ts'

/** What delegated roles let a partner do, in plain words. Needs the texts `customers`. */
export function useRoleNames(): (role: string) => string {
  const { t } = useTranslation('customers')
  return (role) => {
    const known = defaultPrivileges.find((one) => one === role)
    return known ? t(`privilege.${known}`) : role
  }
}

/** Delegated roles in plain words, one after the other. */
export function RoleNames({ roles }: { roles: readonly string[] }) {
  const nameOf = useRoleNames()
  return roles.map(nameOf).join(' · ')
}
