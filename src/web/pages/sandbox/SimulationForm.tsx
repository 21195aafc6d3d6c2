import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { SimulationSettings } from '../../../features/sandbox/wire.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { CheckField, FieldRow, FormBox, FormButtons, NumberField, TextAreaField } from '../../ui/fields.tsx'
import { useForm } from '../../ui/form.ts'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { clockPath, SimulationReply } from './clock.ts'

const useStyles = makeStyles({ lead: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 } })

/** How the sandbox pretends to fulfil. */
export function SimulationForm({ settings }: { settings: SimulationSettings }) {
  const styles = useStyles()
  const { t } = useTranslation('sandbox')
  const saving = useWrite(clockPath)
  const form = useForm({
    initial: {
      enabled: settings.enabled,
      delayMinutes: settings.delayMinutes as number | null,
      failurePercent: settings.failurePercent as number | null,
      failNext: settings.failNext as number | null,
      failingSkus: settings.failingSkus.join('\n'),
    },
    onSubmit: () => void save(),
  })
  const { values } = form
  const write = {
    method: 'PUT',
    path: `${clockPath}/simulation`,
    body: {
      enabled: values.enabled,
      delayMinutes: values.delayMinutes ?? 0,
      failurePercent: values.failurePercent ?? 0,
      failNext: values.failNext ?? 0,
      failingSkus: values.failingSkus.split(/\s+/).filter(Boolean),
      version: settings.version,
    },
    reply: SimulationReply,
  } as const
  const save = async () => {
    if (await saving.send(write)) toast({ text: t('simulation.saved') })
  }
  const labels = {
    enabled: t('simulation.enabled'),
    delayMinutes: t('simulation.delayMinutes'),
    failurePercent: t('simulation.failurePercent'),
    failNext: t('simulation.failNext'),
    failingSkus: t('simulation.failingSkus'),
  }
  return (
    <Section title={t('simulation.title')}>
      <p className={styles.lead}>{t('simulation.lead')}</p>
      <FormBox form={form} labels={labels} label={t('simulation.title')} error={saving.error}>
        <CheckField form={form} name="enabled" label={labels.enabled} />
        <FieldRow>
          <NumberField
            form={form}
            name="delayMinutes"
            label={labels.delayMinutes}
            hint={t('simulation.delayHint')}
            min={0}
            max={10_080}
          />
          <NumberField form={form} name="failurePercent" label={labels.failurePercent} min={0} max={100} />
          <NumberField
            form={form}
            name="failNext"
            label={labels.failNext}
            hint={t('simulation.failNextHint')}
            min={0}
            max={1_000}
          />
        </FieldRow>
        <TextAreaField
          form={form}
          name="failingSkus"
          label={labels.failingSkus}
          hint={t('simulation.failingSkusHint')}
          rows={3}
        />
        <FormButtons>
          <SubmitButton state={saving.state}>{t('simulation.save')}</SubmitButton>
          <ApiCallButton write={write} />
        </FormButtons>
      </FormBox>
    </Section>
  )
}
