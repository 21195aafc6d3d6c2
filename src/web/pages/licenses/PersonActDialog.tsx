import { useTranslation } from 'react-i18next'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import type { OneTimePassword } from '../users/PasswordOnceDialog.tsx'
import { usersPath } from '../users/user.ts'
import { PasswordShape, pathOf, type Person } from './people.ts'

/** What is asked before it happens. The last two are for a customer's own people only. */
export type PersonAct = 'reset' | 'delete' | 'restore' | 'block' | 'takeFactor'

function writeOf(act: PersonAct, customerId: string, { id }: Person) {
  const base = `${pathOf(customerId)}/users/${id}`
  switch (act) {
    case 'reset':
      return { method: 'POST', path: `${base}/password-reset` } as const
    case 'restore':
      return { method: 'POST', path: `${base}/restoration` } as const
    case 'delete':
      return { method: 'DELETE', path: base } as const
    case 'block':
      return { method: 'POST', path: `${usersPath}/${id}/block` } as const
    case 'takeFactor':
      return { method: 'DELETE', path: `${usersPath}/${id}/second-factor` } as const
  }
}

/** Asks once more, says what will happen, and does it. */
export function PersonActDialog({
  act,
  customerId,
  person,
  onPassword,
  onClose,
}: {
  act: PersonAct
  customerId: string
  person: Person
  onPassword: (shown: OneTimePassword) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['licenses', 'users'])
  const writer = useWrite(pathOf(customerId), '/portal/v1/global-admins')
  const { name, username } = person
  const write = writeOf(act, customerId, person)
  const texts = {
    reset: [t('users:reset.title', { name }), t('users:reset.body', { name }), t('users:reset.action')],
    restore: [t('restoration.title', { name }), t('restoration.body', { name }), t('restore')],
    delete: [t('deletion.title', { name }), t('deletion.body', { name }), t('deletion.confirm')],
    block: [t('users:block.title', { name }), t('users:block.body', { name }), t('users:block.action')],
    takeFactor: [
      t('users:takeFactor.title', { name }),
      t('users:takeFactor.body', { name }),
      t('users:takeFactor.confirm'),
    ],
  }[act]
  const done = {
    delete: t('deletion.done', { name }),
    block: t('users:block.done', { name }),
    takeFactor: t('users:takeFactor.done', { name }),
  }
  const confirm = async () => {
    if (act === 'reset' || act === 'restore') {
      const answer = await writer.send({ ...write, reply: PasswordShape })
      if (answer) onPassword({ reason: 'reset', name, username, password: answer.reply.temporaryPassword })
      return
    }
    if (!(await writer.send(write))) return
    toast({ text: done[act] })
    onClose()
  }
  const [title = '', body = '', label = ''] = texts
  return (
    <ConfirmDialog
      danger={act !== 'reset' && act !== 'restore'}
      title={title}
      confirm={label}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{body}</p>
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
