import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { stateOf, type UserRow } from './user.ts'

/** The columns of the user list, in the language shown. */
export function useUserColumns(): readonly Column<UserRow>[] {
  const { t, i18n } = useTranslation(['users', 'common'])
  const { user: self } = useSession()
  return useMemo(
    (): readonly Column<UserRow>[] => [
      {
        key: 'name',
        label: t('column.name'),
        width: 160,
        render: (user) => (
          <>
            {user.name}
            {user.id === self.id && ` (${t('you')})`}
          </>
        ),
      },
      { key: 'username', label: t('column.username'), width: 190, render: (user) => user.username },
      { key: 'status', label: t('column.status'), width: 170, render: (user) => <UserStatus user={user} /> },
      {
        key: 'roles',
        label: t('column.roles'),
        width: 190,
        render: (user) =>
          user.roles.length === 0
            ? t('common:role.none')
            : user.roles.map((role) => t(`common:role.${role}`)).join(', '),
      },
      {
        key: 'secondFactor',
        label: t('column.secondFactor'),
        width: 116,
        render: (user) => (
          <StatusBadge tone={user.secondFactorEnabled ? 'success' : 'neutral'}>
            {user.secondFactorEnabled ? t('secondFactor.on') : t('secondFactor.off')}
          </StatusBadge>
        ),
      },
      {
        key: 'lastSignIn',
        label: t('column.lastSignIn'),
        width: 160,
        render: (user) => (user.lastSignInAt === null ? t('never') : <InstantText at={user.lastSignInAt} />),
      },
      { key: 'email', label: t('column.email'), width: 220, hidden: true, render: (user) => user.email },
      {
        key: 'language',
        label: t('column.language'),
        width: 110,
        hidden: true,
        render: (user) => t(`common:language.${user.locale}`),
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, self.id, i18n.language],
  )
}

const tones = {
  active: 'success',
  blocked: 'danger',
  locked: 'warning',
  waiting: 'pending',
  expired: 'warning',
} as const

function UserStatus({ user }: { user: UserRow }) {
  const { t } = useTranslation('users')
  const formats = useFormats()
  const { state, until } = stateOf(user)
  const badge = (
    <span>
      <StatusBadge tone={tones[state]}>{t(`status.${state}`)}</StatusBadge>
    </span>
  )
  if (until === undefined || state === 'active' || state === 'blocked') return badge
  return (
    <Tooltip content={t(`statusHint.${state}`, { until: formats.instant(until) })} relationship="description">
      {badge}
    </Tooltip>
  )
}
