import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import type { OneTimePassword } from './PasswordOnceDialog.tsx'
import { type UserRow, usersPath } from './user.ts'

/** What is asked before it happens. */
export type Act = 'reset' | 'takeFactor' | 'block' | 'delete'

const Reset = z.object({ temporaryPassword: z.optional(z.string()) })

function writeOf(act: Act, user: UserRow) {
  const base = `${usersPath}/${user.id}`
  switch (act) {
    case 'reset':
      return { method: 'POST', path: `${base}/password-reset` } as const
    case 'takeFactor':
      return { method: 'DELETE', path: `${base}/second-factor` } as const
    case 'block':
      return { method: 'POST', path: `${base}/block` } as const
    case 'delete':
      return { method: 'DELETE', path: base } as const
  }
}

/** Asks once more, says what will happen, and does it. */
export function ActDialog({
  act,
  user,
  onReset,
  onClose,
}: {
  act: Act
  user: UserRow
  onReset: (shown: OneTimePassword) => void
  onClose: () => void
}) {
  const { t } = useTranslation('users')
  const writer = useWrite(usersPath, '/portal/v1/global-admins')
  const { name, username } = user
  const write = writeOf(act, user)
  const confirm = async () => {
    if (act === 'reset') {
      const answer = await writer.send({ ...write, reply: Reset })
      if (answer) onReset({ reason: 'reset', name, username, password: answer.reply.temporaryPassword })
      return
    }
    if (!(await writer.send(write))) return
    toast({ text: t(`${act}.done`, { name }) })
    onClose()
  }
  const label = {
    reset: t('reset.action'),
    takeFactor: t('takeFactor.confirm'),
    block: t('block.action'),
    delete: t('delete.confirm'),
  }
  return (
    <ConfirmDialog
      danger={act !== 'reset'}
      title={t(`${act}.title`, { name })}
      confirm={label[act]}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t(`${act}.body`, { name })}</p>
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
