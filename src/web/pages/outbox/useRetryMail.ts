import { useTranslation } from 'react-i18next'
import { decideRetry } from '../../../features/notifications/rules.ts'
import { type Mail, MailPage } from '../../../features/notifications/wire.ts'
import { useRead } from '../../query.ts'
import { usePermission } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'

export const mailsPath = '/portal/v1/mails'

/** Whether there is a mail server; undefined while that is not known. */
export function useSending(): boolean | undefined {
  return useRead(mailsPath, MailPage, { size: 1 }).data?.sending
}

/** Offers to have a mail tried again, with the reason when it cannot be. */
export function useRetryMail(): {
  readonly error: unknown
  readonly retryOf: (mail: Pick<Mail, 'id' | 'state'>) => Action
} {
  const { t } = useTranslation(['outbox', 'common'])
  const sending = useSending()
  const mayRetry = usePermission('mails.retry')
  const writer = useWrite(mailsPath)
  return {
    error: writer.error,
    retryOf(mail) {
      const refusal = decideRetry(mail, sending ?? true)
      return {
        key: 'retry',
        label: t('retry.action'),
        disabledBecause: mayRetry ? refusal && t(`retry.${refusal}` as 'retry.mailSent') : t('common:notAllowed.role'),
        onPress: () =>
          void writer.send({ method: 'POST', path: `${mailsPath}/${mail.id}/retry`, body: {} }).then((done) => {
            if (done) toast({ text: t('retry.done') })
          }),
      }
    },
  }
}
