import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { eventKinds, isTypeFilter, whyNotUrl } from '../../../features/events/rules.ts'
import { Webhook } from '../../../features/events/wire.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FormBox, FormButtons, TextAreaField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import type { FormErrors } from '../../ui/form.ts'
import { useFormats } from '../../ui/formats.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type OneTimeSecret, webhooksPath, withSecret } from './webhook.ts'

type Values = { url: string; description: string; types: string }

/** Types as they are typed: with blanks, commas or lines between them. */
function typesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((type) => type !== '')
}

function check(values: Values): FormErrors<Values> {
  const errors: { [Name in keyof Values]?: FieldError } = requireAll(values, ['url'])
  // Whether http is allowed only the server knows.
  const objection = errors.url ? undefined : whyNotUrl(values.url.trim(), true)
  if (objection) errors.url = { rule: objection }
  if (!typesOf(values.types).every(isTypeFilter)) errors.types = { rule: 'eventType' }
  return errors
}

/** Asks where events shall go and which; adds a webhook, or changes the given one. `onAdded` gets the secret, shown this once. */
export function WebhookDialog({
  webhook,
  onAdded,
  onClose,
}: {
  webhook?: Webhook
  onAdded?: (shown: OneTimeSecret) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['webhooks', 'common'])
  const formats = useFormats()
  const writer = useWrite(webhooksPath)
  const writeOf = ({ url, description, types }: Values) => {
    const body = { url: url.trim(), description, types: typesOf(types) }
    return webhook
      ? ({
          method: 'PUT',
          path: `${webhooksPath}/${webhook.id}`,
          body: { ...body, enabled: webhook.enabled, version: webhook.version },
        } as const)
      : ({ method: 'POST', path: webhooksPath, body } as const)
  }
  const form = useForm<Values>({
    initial: {
      url: webhook?.url ?? '',
      description: webhook?.description ?? '',
      types: webhook?.types.join('\n') ?? '',
    },
    check,
    onSubmit: async (values) => {
      const write = writeOf(values)
      if (webhook) {
        if (!(await writer.send({ ...write, reply: Webhook }))) return
        toast({ text: t('form.saved') })
        onClose()
        return
      }
      const answer = await writer.send({ ...write, reply: withSecret })
      if (answer) onAdded?.({ reason: 'added', secret: answer.reply.secret })
    },
  })
  const labels = { url: t('form.url'), description: t('form.description'), types: t('form.types') }
  const title = webhook ? t('form.titleEdit') : t('form.titleAdd')
  return (
    <DialogBox wide title={title} busy={writer.busy} onClose={onClose} actions={<></>}>
      <FormBox form={form} error={writer.error} labels={labels} label={title}>
        <TextField
          form={form}
          name="url"
          type="url"
          inputMode="url"
          label={labels.url}
          hint={t('form.urlHint')}
          required
          autoFocus
          maxLength={2000}
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField form={form} name="description" label={labels.description} maxLength={200} />
        <TextAreaField
          form={form}
          name="types"
          label={labels.types}
          hint={t('form.typesHint', { kinds: formats.list(eventKinds) })}
          maxLength={2000}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{webhook ? t('form.save') : t('form.add')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
          <ApiCallButton write={writeOf(form.values)} />
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}
