import { useTranslation } from 'react-i18next'
import { firstResponseHours, severities } from '../../../features/support/rules.ts'
import { RadioField } from '../../ui/fields.tsx'
import type { Form } from '../../ui/form.ts'

/** The three severities, each with what it means and how soon an answer is due. */
export function SeverityField<Values extends { severity: string; [name: string]: string }>({
  form,
}: {
  form: Form<Values>
}) {
  const { t } = useTranslation('support')
  return (
    <RadioField
      form={form}
      name={'severity' as never}
      label={t('column.severity')}
      required
      choices={severities.map((severity) => ({
        value: severity,
        label: t(`severity.${severity}`),
        hint: `${t(`severityHint.${severity}`)} ${t('severityDue', { hours: firstResponseHours[severity] })}`,
      }))}
    />
  )
}
