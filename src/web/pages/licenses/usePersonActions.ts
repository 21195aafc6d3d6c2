import { useTranslation } from 'react-i18next'
import { whyNotDelete } from '../../../features/licenses/rules.ts'
import type { RefusalName } from '../../../kernel/errors.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { stateOf, usersPath } from '../users/user.ts'
import { pathOf, type PeopleAccess, type Person } from './people.ts'
import type { PersonAct } from './PersonActDialog.tsx'

/** What a dialog stands open for. */
export type Asked =
  | { readonly what: 'edit' | 'roles'; readonly person: Person }
  | { readonly what: 'licenses'; readonly people: readonly Person[] }
  | { readonly what: 'act'; readonly act: PersonAct; readonly person: Person }

/** The sentence for a refusal that an act would get; undefined where it would not. */
export function useReasons(): (refusal: RefusalName | null) => string | undefined {
  const { t } = useTranslation(['licenses', 'common', 'refusals'])
  return (refusal) => {
    if (refusal === null) return undefined
    if (refusal === 'accessDenied') return t('common:notAllowed.role')
    if (refusal === 'partnershipRequired') return t('barred.partnershipRequired')
    return t(`refusals:${refusal}`)
  }
}

/** What can be done with a person; what cannot stays in sight with the reason. */
export function usePersonActions(
  access: PeopleAccess,
  ask: (asked: Asked) => void,
): (person: Person) => readonly Action[] {
  const { t } = useTranslation(['licenses', 'common', 'refusals', 'users'])
  const session = useSession()
  const { may, customer, globalAdmins } = access
  const { kind } = session.organization
  const reasonOf = useReasons()
  const mayBlock = usePermission('users.manage')
  const unblock = useWrite(pathOf(customer.id))
  const self = { id: session.user.id, roles: session.roles }
  const letIn = async ({ id, name }: Person) => {
    const done = await unblock.send({ method: 'DELETE', path: `${usersPath}/${id}/block` })
    if (done) toast({ text: t('users:unblock.done', { name }) })
  }

  return (person) => {
    const act = (name: PersonAct) => () => ask({ what: 'act', act: name, person })
    const isAdmin = person.roles.includes('global_admin')
    const ofAdmin = isAdmin && kind !== 'customer' ? t('barred.ofAdmin') : undefined
    if (person.status === 'deleted') {
      return [
        {
          key: 'restore',
          label: t('restore'),
          onPress: act('restore'),
          disabledBecause: reasonOf(may.manage) ?? ofAdmin,
        },
      ]
    }
    const isLastGoverning = person.status === 'active' && isAdmin && globalAdmins === 1
    const objection = whyNotDelete(kind, self, { ...person, isLastGoverning })
    const shutOut = objection && t(`refusals:${objection.refuse}`)
    const { state } = stateOf({ ...person, status: person.status })
    const resetBarred =
      person.id === self.id
        ? t('refusals:ownAccount')
        : isAdmin && kind !== 'customer' && may.resetAdminPassword !== null
          ? t('barred.resetAdmin')
          : reasonOf(isAdmin ? may.resetAdminPassword : may.resetPassword)
    return [
      {
        key: 'licenses',
        label: t('manage'),
        onPress: () => ask({ what: 'licenses', people: [person] }),
        disabledBecause: reasonOf(may.assignLicenses),
      },
      {
        key: 'edit',
        label: t('edit'),
        onPress: () => ask({ what: 'edit', person }),
        disabledBecause: reasonOf(may.manage),
      },
      {
        key: 'roles',
        label: t('roles'),
        onPress: () => ask({ what: 'roles', person }),
        disabledBecause: reasonOf(may.manage) ?? ofAdmin,
      },
      {
        key: 'reset',
        label: t('users:reset.action'),
        onPress: act('reset'),
        disabledBecause: resetBarred ?? (state === 'blocked' ? t('refusals:userNotActive') : undefined),
      },
      ...(kind === 'customer' ? ownActions() : []),
      {
        key: 'delete',
        label: t('users:delete.action'),
        onPress: act('delete'),
        danger: true,
        disabledBecause: reasonOf(may.manage) ?? shutOut,
      },
    ]

    /** What only a customer's own administrators do: second factor and blocking. */
    function ownActions(): readonly Action[] {
      return [
        ...(person.secondFactorEnabled
          ? [{ key: 'factor', label: t('users:takeFactor.action'), onPress: act('takeFactor') }]
          : []),
        state === 'blocked' || state === 'locked'
          ? { key: 'unblock', label: t('users:unblock.action'), onPress: () => void letIn(person) }
          : {
              key: 'block',
              label: t('users:block.action'),
              onPress: act('block'),
              danger: true,
              disabledBecause: mayBlock ? shutOut : t('common:notAllowed.role'),
            },
      ]
    }
  }
}
