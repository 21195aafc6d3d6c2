import { Field, Input, makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { checkAcceptanceDay, latestAcceptanceDay } from '../../../features/customers/rules.ts'
import { FieldRow } from '../../ui/fields.tsx'
import { media } from '../../ui/screen.ts'

/** Who accepted the customer agreement, and when. */
export interface Agreement {
  readonly acceptedOn: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly timeZone: string
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const emptyAgreement: Agreement = { acceptedOn: '', firstName: '', lastName: '', email: '', phone: '', timeZone }

/** Whether enough is entered to send it; the server has the last word. */
export function isComplete({ acceptedOn, firstName, lastName, email }: Agreement): boolean {
  const names = firstName.trim() !== '' && lastName.trim() !== ''
  return (
    names &&
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) &&
    acceptedOn !== '' &&
    !checkAcceptanceDay(acceptedOn, new Date(), timeZone)
  )
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '720px' },
  control: { [media.phone]: { minHeight: '44px' } },
})

/** The fields of an agreement that is attested together with an order. */
export function AgreementFields({ value, onChange }: { value: Agreement; onChange: (value: Agreement) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('customers')
  const field = (
    name: keyof Agreement,
    label: string,
    type: 'text' | 'email' | 'tel' | 'date',
    maxLength: number,
    required = true,
  ) => (
    <Field label={label} required={required}>
      <Input
        className={styles.control}
        type={type}
        autoComplete="off"
        maxLength={maxLength}
        {...(type === 'date' ? { max: latestAcceptanceDay(new Date(), timeZone) } : {})}
        value={value[name]}
        onChange={(_, { value: typed }) => onChange({ ...value, [name]: typed })}
      />
    </Field>
  )
  return (
    <div className={styles.root}>
      <FieldRow>
        {field('acceptedOn', t('form.acceptedOn'), 'date', 10)}
        <span />
      </FieldRow>
      <FieldRow>
        {field('firstName', t('form.acceptorFirstName'), 'text', 80)}
        {field('lastName', t('form.acceptorLastName'), 'text', 80)}
      </FieldRow>
      <FieldRow>
        {field('email', t('form.acceptorEmail'), 'email', 254)}
        {field('phone', t('form.acceptorPhone'), 'tel', 30, false)}
      </FieldRow>
    </div>
  )
}
