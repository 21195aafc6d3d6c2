import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { lengths } from '../../../features/support/rules.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { FormBox, FormButtons, TextAreaField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { SeverityField } from './SeverityField.tsx'
import { refreshed, requestPath, type ServiceRequestDetail } from './service-request.ts'

export type Act = 'severity' | 'escalate' | 'close' | 'reopen'

type Values = { text: string; severity: string }

const places = { severity: 'severity', escalate: 'escalation', close: 'closing', reopen: 'reopening' } as const

/** Asks for what an act needs: the severity, the reason of an escalation, or what is said when closing and reopening. */
export function ActDialog({ act, request, onClose }: { act: Act; request: ServiceRequestDetail; onClose: () => void }) {
  const { t } = useTranslation(['support', 'common'])
  const { customer, id, number, provider, owner } = request
  const writer = useWrite(...refreshed)
  const writeOf = (values: Values) =>
    ({
      method: act === 'severity' ? 'PUT' : 'POST',
      path: `${requestPath(customer.id, id)}/${places[act]}`,
      body:
        act === 'severity'
          ? { severity: values.severity }
          : act === 'escalate'
            ? { reason: values.text }
            : values.text.trim() === ''
              ? {}
              : { message: values.text },
    }) as const
  const form = useForm<Values>({
    initial: { text: '', severity: request.severity },
    check: (values) => (act === 'escalate' ? requireAll(values, ['text']) : {}),
    onSubmit: async (values) => {
      if (!(await writer.send(writeOf(values)))) return
      toast({ text: done })
      onClose()
    },
  })
  const names = { number, provider: provider.name }
  const done = {
    severity: t('dialog.severityChanged'),
    escalate: t('dialog.escalated', names),
    close: t('dialog.closed', { number }),
    reopen: t('dialog.reopened', { number }),
  }[act]
  const title = {
    severity: t('dialog.severityTitle', { number }),
    escalate: t('dialog.escalateTitle', names),
    close: t('dialog.closeTitle', { number }),
    reopen: t('dialog.reopenTitle', { number }),
  }[act]
  const body = {
    severity: undefined,
    escalate: t('dialog.escalateBody', { provider: provider.name }),
    close: t('dialog.closeBody'),
    reopen: t('dialog.reopenBody', { owner: owner.name }),
  }[act]
  const isEscalation = act === 'escalate'
  const textLabel = t(isEscalation ? 'dialog.reason' : 'dialog.message')
  return (
    <DialogBox
      title={title}
      busy={writer.busy}
      alert={form.dirty}
      onClose={onClose}
      actions={<ApiCallButton write={writeOf(form.values)} />}
    >
      <FormBox
        form={form}
        error={writer.error}
        fieldNames={{ reason: 'text', message: 'text' }}
        labels={{ text: textLabel, severity: t('column.severity') }}
        label={title}
      >
        {body && <p style={{ margin: 0 }}>{body}</p>}
        {act === 'severity' ? (
          <SeverityField form={form} />
        ) : (
          <TextAreaField
            form={form}
            name="text"
            label={textLabel}
            hint={isEscalation ? t('dialog.reasonHint', { provider: provider.name }) : t('dialog.messageHint')}
            required={isEscalation}
            maxLength={lengths.body}
          />
        )}
        <FormButtons>
          <SubmitButton state={writer.state}>{t(`act.${act}`)}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}
