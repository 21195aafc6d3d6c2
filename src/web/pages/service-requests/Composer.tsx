import { Radio, RadioGroup } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { lengths } from '../../../features/support/rules.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { CheckField, FormBox, FormButtons, TextAreaField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AttachmentField } from './AttachmentField.tsx'
import { refreshed, requestPath, type ServiceRequestDetail } from './service-request.ts'
import { useAttachments } from './useAttachments.ts'

type Values = { kind: string; body: string; needsAnswer: boolean }

/** Where one writes: a reply, and for those who answer also a note for their own organization. What is typed survives a reload. */
export function Composer({ request }: { request: ServiceRequestDetail }) {
  const { t } = useTranslation('support')
  const { customer, id, side, actions } = request
  const path = `${requestPath(customer.id, id)}/messages`
  const writer = useWrite(...refreshed)
  const attachments = useAttachments()
  const answers = side === 'owner'
  const notesOnly = actions.reply !== null
  const form = useForm<Values>({
    initial: { kind: notesOnly ? 'note' : 'reply', body: '', needsAnswer: false },
    keepAs: `service-request-${id}`,
    check: (values) => requireAll(values, ['body']),
    onSubmit: async (values) => {
      if (attachments.sending) return
      if (!(await writer.send(writeOf(values)))) return
      toast({ text: t(values.kind === 'note' ? 'compose.sentNote' : 'compose.sentReply') })
      form.reset()
      attachments.clear()
    },
  })
  const kind = notesOnly ? 'note' : answers ? form.values.kind : 'reply'
  const writeOf = (values: Values) =>
    ({
      method: 'POST',
      path,
      body: {
        kind,
        body: values.body,
        ...(answers && kind === 'reply' ? { needsAnswer: values.needsAnswer } : {}),
        attachments: attachments.ids,
      },
    }) as const
  const labels = { body: t('compose.label'), needsAnswer: t('compose.needsAnswer') }
  const hint =
    kind === 'note' ? t('compose.noteHint') : t(answers ? 'compose.replyHintOwner' : 'compose.replyHintCustomer')
  return (
    <Section title={t(kind === 'note' ? 'compose.noteTab' : 'compose.replyTab')}>
      <FormBox form={form} error={writer.error} labels={labels} label={labels.body}>
        {answers && !notesOnly && (
          <RadioGroup
            layout="horizontal"
            aria-label={t('compose.kind')}
            value={form.values.kind}
            onChange={(_, { value }) => form.set('kind', value)}
          >
            <Radio value="reply" label={t('compose.replyTab')} />
            <Radio value="note" label={t('compose.noteTab')} />
          </RadioGroup>
        )}
        <TextAreaField
          form={form}
          name="body"
          label={labels.body}
          hint={hint}
          required
          rows={5}
          maxLength={lengths.body}
        />
        {answers && kind === 'reply' && <CheckField form={form} name="needsAnswer" label={labels.needsAnswer} />}
        <AttachmentField attachments={attachments} disabled={writer.busy} />
        <FormButtons>
          <SubmitButton state={writer.state} disabledBecause={attachments.sending ? t('attach.wait') : undefined}>
            {t(kind === 'note' ? 'act.note' : 'act.reply')}
          </SubmitButton>
          <ApiCallButton write={writeOf(form.values)} />
        </FormButtons>
      </FormBox>
    </Section>
  )
}
