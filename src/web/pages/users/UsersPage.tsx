import { Button, tokens } from '@fluentui/react-components'
import { PersonAddRegular } from '@fluentui/react-icons/svg/person-add'
import { ShieldKeyholeRegular } from '@fluentui/react-icons/svg/shield-keyhole'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { governingRole } from '../../../features/identity/rules.ts'
import type { Objection } from '../../../features/identity/rules.ts'
import { rolesOf } from '../../../kernel/permissions.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { usePagedList, useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { type Act, ActDialog } from './ActDialog.tsx'
import { AddUserDialog } from './AddUserDialog.tsx'
import { type OneTimePassword, PasswordOnceDialog } from './PasswordOnceDialog.tsx'
import { RolesDialog } from './RolesDialog.tsx'
import { SecondFactorDialog } from './SecondFactorDialog.tsx'
import { GlobalAdmins, objectionsTo, stateOf, UserRow, usersPath } from './user.ts'
import { useUserColumns } from './userColumns.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

type Asking =
  | { readonly what: 'add' | 'factor' }
  | { readonly what: 'roles'; readonly user: UserRow }
  | { readonly what: Act; readonly user: UserRow }

/** Who signs in for the organization, with which roles; and the ways to change it. */
export function UsersPage() {
  const { t } = useTranslation(['users', 'common', 'refusals'])
  const session = useSession()
  const formats = useFormats()
  const { organization } = session
  const allRoles = rolesOf[organization.kind]
  const [url, setUrl] = useUrlState({ search: '', role: ['', ...allRoles] })
  const list = usePagedList(usersPath, UserRow, { search: url.search, role: url.role })
  const admins = useRead('/portal/v1/global-admins', GlobalAdmins)
  const [asking, setAsking] = useState<Asking>()
  const [once, setOnce] = useState<OneTimePassword>()
  const mayManage = usePermission('users.manage')
  const mayReset = usePermission('users.reset_password')
  const mayRequire = usePermission('organization.require_second_factor')
  const unblock = useWrite(usersPath)
  const governors = admins.data?.items.length
  const noRole = t('common:notAllowed.role')
  const close = () => setAsking(undefined)
  const show = (password: OneTimePassword) => {
    close()
    setOnce(password)
  }
  const why = (objection: Objection | undefined) => objection && t(`refusals:${objection.refuse}`)

  const actionsOn = (user: UserRow): readonly Action[] => {
    const objections = objectionsTo(user, session, governors ?? 2)
    const { state } = stateOf(user)
    const resetBarred = mayReset ? why(objections.credentials) : noRole
    const ask = (what: 'roles' | Act) => () => setAsking({ what, user } as Asking)
    return [
      {
        key: 'roles',
        label: t('roles.action'),
        onPress: ask('roles'),
        disabledBecause: mayManage ? why(objections.setRoles) : noRole,
      },
      {
        key: 'reset',
        label: t('reset.action'),
        onPress: ask('reset'),
        disabledBecause: resetBarred ?? (state === 'blocked' ? t('refusals:userNotActive') : undefined),
      },
      ...(user.secondFactorEnabled
        ? [{ key: 'factor', label: t('takeFactor.action'), onPress: ask('takeFactor'), disabledBecause: resetBarred }]
        : []),
      state === 'blocked' || state === 'locked'
        ? {
            key: 'unblock',
            label: t('unblock.action'),
            onPress: () => void letIn(user),
            disabledBecause: mayManage ? undefined : noRole,
          }
        : {
            key: 'block',
            label: t('block.action'),
            onPress: ask('block'),
            danger: true,
            disabledBecause: mayManage ? why(objections.shutOut) : noRole,
          },
      {
        key: 'delete',
        label: t('delete.action'),
        onPress: ask('delete'),
        danger: true,
        disabledBecause: mayManage ? why(objections.shutOut) : noRole,
      },
    ]
  }
  const letIn = async (user: UserRow) => {
    const done = await unblock.send({ method: 'DELETE', path: `${usersPath}/${user.id}/block` })
    if (done) toast({ text: t('unblock.done', { name: user.name }) })
  }

  const columns = useUserColumns()
  const required = organization.secondFactorRequired
  const names = admins.data?.items.map(({ name }) => name) ?? []
  return (
    <Page
      title={t('title')}
      lead={t('lead', { organization: organization.name })}
      badges={required && <StatusBadge tone="success">{t('factor.required')}</StatusBadge>}
      primary={{
        key: 'add',
        label: t('add'),
        icon: <PersonAddRegular />,
        onPress: () => setAsking({ what: 'add' }),
        disabledBecause: mayManage ? undefined : noRole,
      }}
      commands={[
        {
          key: 'factor',
          label: required ? t('factor.stop') : t('factor.require'),
          icon: <ShieldKeyholeRegular />,
          onPress: () => setAsking({ what: 'factor' }),
          disabledBecause: mayRequire ? undefined : t('refusals:globalAdminNeeded'),
        },
      ]}
      banner={
        governors === 1 ? (
          organization.kind === 'operator' ? (
            <Notice tone="warning">{t('onlyOne.operator')}</Notice>
          ) : (
            <Notice tone="warning" title={t('onlyOne.title')}>
              {t('onlyOne.body')}
            </Notice>
          )
        ) : undefined
      }
    >
      <DataList
        name="users"
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={(user) => user.id}
        rowLabel={(user) => user.name}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={
          url.role === ''
            ? []
            : [
                {
                  key: 'role',
                  label: t('filter.roleChip', { role: t(`common:role.${url.role as Role}`) }),
                  onRemove: () => setUrl({ role: '' }),
                },
              ]
        }
        onClearFilters={() => setUrl({ search: '', role: '' })}
        filterControls={
          <FilterSelect
            label={t('filter.role')}
            value={url.role}
            options={[
              { value: '', label: t('filter.anyRole') },
              ...allRoles.map((role) => ({ value: role, label: t(`common:role.${role}`) })),
            ]}
            onChoose={(value) => setUrl({ role: value })}
          />
        }
        rowActions={actionsOn}
        empty={
          <EmptyState
            picture="people"
            title={t('empty.title')}
            actions={<Button onClick={() => setAsking({ what: 'add' })}>{t('add')}</Button>}
          >
            {t('empty.body')}
          </EmptyState>
        }
      />
      {names.length > 0 && organization.kind !== 'operator' && (
        <p style={{ color: tokens.colorNeutralForeground2 }}>
          {t('admins', { count: names.length, names: formats.list(names) })}
        </p>
      )}
      {asking?.what === 'add' && <AddUserDialog onAdded={show} onClose={close} />}
      {asking?.what === 'factor' && (
        <SecondFactorDialog without={list.rows.filter((user) => !user.secondFactorEnabled).length} onClose={close} />
      )}
      {asking?.what === 'roles' && (
        <RolesDialog
          user={asking.user}
          isLastGoverning={governors === 1 && asking.user.roles.includes(governingRole(organization.kind))}
          onClose={close}
        />
      )}
      {asking && 'user' in asking && asking.what !== 'roles' && (
        <ActDialog act={asking.what} user={asking.user} onReset={show} onClose={close} />
      )}
      {once && <PasswordOnceDialog shown={once} onClose={() => setOnce(undefined)} />}
    </Page>
  )
}
