import { Button, Checkbox } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../ui/announce.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ActProblem } from './ActProblem.tsx'
import { ActOutcome } from './PreviewView.tsx'
import { type Act, Done, type SubscriptionDetail, writeOf } from './subscription.ts'
import { useAct } from './useAct.ts'

/**
 * Asks before an act is done: what it is (`lead`), what it needs (`children`), what it comes to. `act` is what is looked at,
 * `sent` what is done where a value that changes nothing, such as a note, comes on top. `understand` has to be ticked first.
 */
export function ActDialog({
  subscription,
  act,
  sent = act,
  title,
  lead,
  confirm,
  done,
  danger = false,
  understand,
  missing,
  children,
  onClose,
}: {
  subscription: SubscriptionDetail
  act: Act
  sent?: Act
  title: string
  lead: string
  confirm: string
  done: string
  danger?: boolean
  understand?: string
  /** What still has to be entered. */
  missing?: string | undefined
  children?: ReactNode
  onClose: () => void
}) {
  const { t } = useTranslation(['subscriptions', 'common'])
  const acting = useAct(subscription, act)
  const [understood, setUnderstood] = useState(false)
  const { writer, preview, isOld } = acting
  const notYet = !preview
    ? t('preview.wait')
    : !preview.changes
      ? t('preview.nothing')
      : understand !== undefined && !understood
        ? t('upgrade.understandFirst')
        : missing
  const submit = async () => {
    const answer = await acting.submit(Done, sent)
    if (!answer) return
    toast({ text: done })
    announce(done)
    onClose()
  }
  return (
    <DialogBox
      title={title}
      wide
      alert={danger}
      busy={writer.busy}
      onClose={onClose}
      actions={
        <>
          <SubmitButton
            state={writer.state}
            danger={danger}
            disabledBecause={isOld ? t('preview.wait') : notYet}
            onPress={() => void submit()}
          >
            {confirm}
          </SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.close')}
          </Button>
        </>
      }
    >
      <div>{lead}</div>
      {children}
      <ActProblem error={writer.error} currency={subscription.currency} onReload={onClose} />
      <ActOutcome acting={acting} plan={subscription.scheduledChange} />
      {preview && (
        <div>
          <ApiCallButton write={writeOf(subscription, sent, preview.facts)} />
        </div>
      )}
      {understand !== undefined && preview?.changes && (
        <Checkbox
          checked={understood}
          label={understand}
          onChange={(_, { checked }) => setUnderstood(checked === true)}
        />
      )}
    </DialogBox>
  )
}
