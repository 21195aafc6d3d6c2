import { Switch } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { MailPreferences } from '../../../features/notifications/wire.ts'
import { useRead } from '../../query.ts'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'

const path = '/portal/v1/mail-preferences'

/** What a person wants to have by mail; what is mandatory or tells of the person's own acts cannot be switched off. */
export function MailChoices() {
  const { t } = useTranslation('myProfile')
  const { data, error, refetch } = useRead(path, MailPreferences)
  const writer = useWrite(path)
  const choose = async (reminders: boolean) => {
    if (await writer.send({ method: 'PUT', path, body: { reminders } })) toast({ text: t('mails.saved') })
  }
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <BlockSkeleton lines={2} />
  return (
    <>
      {writer.error ? <ErrorBar error={writer.error} /> : null}
      <Switch
        label={t('mails.reminders')}
        checked={data.reminders}
        disabled={writer.busy}
        onChange={(_, { checked }) => void choose(checked)}
      />
      <p style={{ margin: 0 }}>{t('mails.hint')}</p>
    </>
  )
}
