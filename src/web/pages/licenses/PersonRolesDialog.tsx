import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whyNotRoles } from '../../../features/licenses/rules.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { CustomerRolePicker } from './CustomerRolePicker.tsx'
import { pathOf, type PeopleAccess, type Person } from './people.ts'

/** Changes what a customer's user may do. What the rules object to is said before anything is sent. */
export function PersonRolesDialog({
  access,
  person,
  onClose,
}: {
  access: PeopleAccess
  person: Person
  onClose: () => void
}) {
  const { t } = useTranslation(['licenses', 'common', 'refusals'])
  const session = useSession()
  const base = pathOf(access.customer.id)
  const writer = useWrite(`${base}/users`, '/portal/v1/global-admins', '/portal/v1/me')
  const [roles, setRoles] = useState<readonly Role[]>(person.roles)
  const isLastGoverning =
    access.globalAdmins === 1 && person.status === 'active' && person.roles.includes('global_admin')
  const changed = roles.length !== person.roles.length || roles.some((role) => !person.roles.includes(role))
  const objection = changed
    ? whyNotRoles(
        session.organization.kind,
        { id: session.user.id, roles: session.roles },
        { ...person, isLastGoverning },
        roles,
      )
    : undefined
  const write = { method: 'PUT', path: `${base}/users/${person.id}/roles`, body: { roles: [...roles] } } as const
  const save = async () => {
    if (!(await writer.send(write))) return
    toast({ text: t('rolesDialog.saved', { name: person.name }) })
    onClose()
  }
  return (
    <ConfirmDialog
      wide
      title={t('rolesDialog.title', { name: person.name })}
      confirm={t('common:action.save')}
      state={writer.state}
      error={writer.error}
      disabledBecause={objection && t(`refusals:${objection.refuse}`)}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <CustomerRolePicker chosen={roles} onChange={setRoles} />
      {objection && <p style={{ margin: 0 }}>{t(`refusals:${objection.refuse}`)}</p>}
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
