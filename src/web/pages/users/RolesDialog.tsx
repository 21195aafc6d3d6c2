import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whyNotSetRoles } from '../../../features/identity/rules.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { RolePicker } from './RolePicker.tsx'
import { type UserRow, usersPath } from './user.ts'

/** Changes what a user may do. What the rules object to is said before anything is sent. */
export function RolesDialog({
  user,
  isLastGoverning,
  onClose,
}: {
  user: UserRow
  isLastGoverning: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['users', 'common', 'refusals'])
  const session = useSession()
  const writer = useWrite(usersPath, '/portal/v1/global-admins', '/portal/v1/me')
  const [roles, setRoles] = useState<readonly Role[]>(user.roles)
  const actor = { id: session.user.id, roles: session.roles }
  const objection = whyNotSetRoles(session.organization.kind, actor, { ...user, isLastGoverning }, roles)
  const write = { method: 'PUT', path: `${usersPath}/${user.id}/roles`, body: { roles } } as const
  const save = async () => {
    if (!(await writer.send(write))) return
    toast({ text: t('roles.saved', { name: user.name }) })
    onClose()
  }
  return (
    <ConfirmDialog
      wide
      title={t('roles.title', { name: user.name })}
      confirm={t('common:action.save')}
      state={writer.state}
      error={writer.error}
      disabledBecause={objection && t(`refusals:${objection.refuse}`)}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <RolePicker label={t('column.roles')} hint={t('roles.hint')} chosen={roles} onChange={setRoles} />
      {objection && <p style={{ margin: 0 }}>{t(`refusals:${objection.refuse}`)}</p>}
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
