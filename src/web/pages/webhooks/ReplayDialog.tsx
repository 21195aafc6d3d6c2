import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keptMs } from '../../../features/events/rules.ts'
import { Replay } from '../../../features/events/wire.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { DateField, FormBox, FormButtons } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { webhooksPath } from './webhook.ts'

/** Asks from which day on, of the reader's own calendar, events shall be sent once more. */
export function ReplayDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const { t } = useTranslation(['webhooks', 'common'])
  const path = `${webhooksPath}/${webhookId}/replays`
  const writer = useWrite(webhooksPath)
  // A day too many is refused by the server, which has the clock.
  const [now] = useState(() => Date.now())
  const today = dayOf(now)
  const writeOf = ({ from }: { from: string }) => ({ method: 'POST', path, body: { from: startOf(from) } }) as const
  const form = useForm({
    initial: { from: today },
    check: (values) => requireAll(values, ['from']),
    onSubmit: async (values) => {
      if (!(await writer.send({ ...writeOf(values), reply: Replay }))) return
      toast({ text: t('replay.queued') })
      onClose()
    },
  })
  return (
    <DialogBox title={t('replay.title')} busy={writer.busy} onClose={onClose} actions={<></>}>
      <p style={{ margin: 0 }}>{t('replay.body')}</p>
      <FormBox form={form} error={writer.error} labels={{ from: t('replay.from') }} label={t('replay.title')}>
        <DateField
          form={form}
          name="from"
          label={t('replay.from')}
          required
          min={dayOf(now - keptMs + 86_400_000)}
          max={today}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{t('replay.action')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
          <ApiCallButton write={writeOf(form.values)} />
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}

/** The day of an instant where the reader is. */
function dayOf(ms: number): string {
  const at = new Date(ms)
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** When a day begins where the reader is. */
function startOf(day: string): string {
  const at = new Date(`${day}T00:00:00`)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}
