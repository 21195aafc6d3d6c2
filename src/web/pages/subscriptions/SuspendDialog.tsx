import { Field, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActDialog } from './ActDialog.tsx'
import type { SubscriptionDetail } from './subscription.ts'

const reasons = ['customerRequest', 'nonPayment', 'fraud', 'other'] as const
type Reason = (typeof reasons)[number]

/** Suspending asks why: the reason is for everybody, the note for partners only. */
export function SuspendDialog({ subscription, onClose }: { subscription: SubscriptionDetail; onClose: () => void }) {
  const { t } = useTranslation(['subscriptions', 'common'])
  const [reason, setReason] = useState<Reason | ''>('')
  const [note, setNote] = useState('')
  const act = { type: 'suspend', reason: reason || 'other', note: '' } as const
  return (
    <ActDialog
      subscription={subscription}
      act={act}
      sent={{ ...act, note: note.trim().replaceAll(/\s+/g, ' ') }}
      title={t('act.suspend.title', { title: subscription.title })}
      lead={t('act.suspend.lead')}
      confirm={t('act.suspend.confirm')}
      done={t('act.suspend.done')}
      danger
      missing={reason === '' ? t('suspension.reasonFirst') : undefined}
      onClose={onClose}
    >
      <Field label={t('suspension.reason')} required>
        <Select value={reason} onChange={(_, { value }) => setReason(value as Reason | '')}>
          <option value="">{t('common:form.chooseOne')}</option>
          {reasons.map((one) => (
            <option key={one} value={one}>
              {t(`suspension.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('suspension.note')} hint={t('suspension.noteHint')}>
        <Textarea value={note} maxLength={500} rows={2} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
    </ActDialog>
  )
}
