import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { stateOf } from '../users/user.ts'
import type { Person } from './people.ts'

const tones = {
  active: 'success',
  blocked: 'danger',
  locked: 'warning',
  waiting: 'pending',
  expired: 'warning',
} as const

/** The columns of a customer's users: those active, or those deleted with the days in which they can be restored. */
export function usePeopleColumns(tab: 'active' | 'deleted'): readonly Column<Person>[] {
  const { t, i18n } = useTranslation(['licenses', 'users', 'common'])
  const { user: self } = useSession()
  const formats = useFormats()
  return useMemo((): readonly Column<Person>[] => {
    const name: Column<Person> = {
      key: 'name',
      label: t('column.name'),
      width: 180,
      render: (person) => (person.id === self.id ? `${person.name} (${t('users:you')})` : person.name),
    }
    const username: Column<Person> = {
      key: 'username',
      label: t('column.username'),
      width: 240,
      render: (person) => person.username,
    }
    const roles: Column<Person> = {
      key: 'roles',
      label: t('column.roles'),
      width: 170,
      render: (person) =>
        person.roles.length === 0
          ? t('common:role.none')
          : person.roles.map((role) => t(`common:role.${role}`)).join(', '),
    }
    if (tab === 'deleted') {
      const days: Column<Person> = {
        key: 'daysLeft',
        label: t('column.daysLeft'),
        width: 170,
        render: ({ daysLeft }) => daysLeft !== null && t('daysLeft', { count: daysLeft }),
      }
      return [name, username, days, roles]
    }
    return [
      name,
      username,
      {
        key: 'licenses',
        label: t('column.licenses'),
        width: 240,
        render: (person) =>
          person.licenses.length === 0 ? t('noLicense') : person.licenses.map(({ title }) => title).join(', '),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 150,
        render: (person) => {
          const { state } = stateOf({ ...person, status: person.status === 'blocked' ? 'blocked' : 'active' })
          return <StatusBadge tone={tones[state]}>{t(`users:status.${state}`)}</StatusBadge>
        },
      },
      roles,
      {
        key: 'location',
        label: t('column.location'),
        width: 140,
        render: ({ usageLocation }) => (usageLocation === null ? t('noLocation') : formats.country(usageLocation)),
      },
      {
        key: 'lastSignIn',
        label: t('column.lastSignIn'),
        width: 160,
        hidden: true,
        render: ({ lastSignInAt }) => (lastSignInAt === null ? t('users:never') : <InstantText at={lastSignInAt} />),
      },
      {
        key: 'secondFactor',
        label: t('column.secondFactor'),
        width: 130,
        hidden: true,
        render: ({ secondFactorEnabled }) =>
          secondFactorEnabled ? t('users:secondFactor.on') : t('users:secondFactor.off'),
      },
    ]
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, tab, self.id, formats, i18n.language])
}
