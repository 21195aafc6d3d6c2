import { Field, Input, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import type { SubscriptionDetail } from '../subscriptions/subscription.ts'
import { requestsOfPath, requestsPath, StoredRequest } from './request.ts'

/** Asks the provider for another number of licenses, or to cancel. Needs the texts `orderRequests`. */
export function RequestChangeDialog({
  kind,
  subscription,
  onClose,
}: {
  kind: 'quantity' | 'cancel'
  subscription: SubscriptionDetail
  onClose: () => void
}) {
  const { t } = useTranslation(['orderRequests', 'fieldRules'])
  const { customer, provider, id, title } = subscription
  const [quantity, setQuantity] = useState(String(subscription.quantity))
  const [wishOn, setWishOn] = useState('')
  const [note, setNote] = useState('')
  const writer = useWrite(requestsPath, requestsOfPath(customer.id))
  const go = useGo()
  const write = {
    method: 'POST',
    path: requestsOfPath(customer.id),
    body: {
      providerId: provider.id,
      kind,
      subscriptionId: id,
      ...(kind === 'quantity' ? { quantity: Number(quantity) } : {}),
      wishOn: wishOn === '' ? null : wishOn,
      note,
      send: true,
    },
    reply: StoredRequest,
  } as const
  const why =
    kind === 'cancel' || (/^[1-9]\d{0,7}$/.test(quantity.trim()) && Number(quantity) !== subscription.quantity)
      ? undefined
      : t('why.sameQuantity')
  const send = async () => {
    const answer = await writer.send(write)
    if (!answer) return
    toast({ text: t('form.sent', { provider: provider.name }) })
    go(links.orderRequest(customer.id, answer.reply.id))
  }
  const names = { provider: provider.name, subscription: title }
  return (
    <ConfirmDialog
      title={kind === 'cancel' ? t('action.requestCancellation') : t('action.requestLicenses')}
      confirm={t('action.send')}
      cancel={t('action.cancel')}
      state={writer.state}
      error={writer.error}
      disabledBecause={why}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <span>{kind === 'cancel' ? t('form.cancelLead', names) : t('form.quantityLead', names)}</span>
      {kind === 'quantity' && (
        <Field label={t('form.licenses')} hint={t('form.licensesNow', { count: subscription.quantity })} required>
          <Input
            inputMode="numeric"
            maxLength={8}
            autoComplete="off"
            value={quantity}
            onChange={(_, { value }) => setQuantity(value)}
          />
        </Field>
      )}
      <Field label={t('form.wishOn')} hint={t('form.wishHint')}>
        <Input type="date" value={wishOn} onChange={(_, { value }) => setWishOn(value)} />
      </Field>
      <Field label={t('form.note')}>
        <Textarea rows={3} maxLength={2000} value={note} onChange={(_, { value }) => setNote(value)} />
      </Field>
      <ApiCallButton write={write} />
    </ConfirmDialog>
  )
}
