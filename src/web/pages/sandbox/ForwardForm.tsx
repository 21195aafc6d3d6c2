import { makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { addPeriod } from '../../../features/sandbox/rules.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DateField, FormBox, FormButtons } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Clock, clockPath, RunReply } from './clock.ts'

const useStyles = makeStyles({ quick: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginBottom: '16px' } })

/** The ways to move the clock forward: by a month or a year, to the next due time, to a day. */
export function ForwardForm({ clock }: { clock: Clock }) {
  const styles = useStyles()
  const { t } = useTranslation('sandbox')
  const moving = useWrite(clockPath)
  const form = useForm({
    initial: { to: '' },
    check: (values) => requireAll(values, ['to']),
    onSubmit: ({ to }) => void move(to),
  })
  const write = (to: string) =>
    ({ method: 'POST', path: `${clockPath}/advance`, body: { to }, reply: RunReply }) as const
  const move = async (to: string) => {
    if (await moving.send(write(to))) form.reset({ to: '' })
  }
  const now = new Date(clock.now)
  const busy = clock.run ? t('forward.busy') : undefined
  const by = (period: string) => void move((addPeriod(now, period) ?? now).toISOString())
  return (
    <Section title={t('forward.title')}>
      <div className={styles.quick}>
        <ActionButton
          action={{ key: 'month', label: t('forward.month'), onPress: () => by('P1M'), disabledBecause: busy }}
        />
        <ActionButton
          action={{ key: 'year', label: t('forward.year'), onPress: () => by('P1Y'), disabledBecause: busy }}
        />
        <ActionButton
          action={{
            key: 'next',
            label: t('forward.next'),
            onPress: () => clock.nextDue && void move(clock.nextDue),
            disabledBecause: busy ?? (clock.nextDue ? undefined : t('forward.notDue')),
          }}
        />
      </div>
      <FormBox form={form} labels={{ to: t('forward.to') }} label={t('forward.title')} error={moving.error}>
        <DateField
          form={form}
          name="to"
          label={t('forward.to')}
          hint={t('forward.toHint')}
          min={clock.now.slice(0, 10)}
          max={clock.latest.slice(0, 10)}
          required
        />
        <FormButtons>
          <SubmitButton state={moving.state} disabledBecause={busy}>
            {t('forward.go')}
          </SubmitButton>
          <ApiCallButton write={write(form.values.to || clock.latest.slice(0, 10))} />
        </FormButtons>
      </FormBox>
    </Section>
  )
}
