import { Checkbox, Field, makeStyles, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, rolesOf } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { media } from '../../ui/screen.ts'

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
    columnGap: '16px',
    [media.phone]: { rowGap: '12px' },
  },
  why: { margin: '8px 0 0', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

/** The roles that a customer's users may have, to tick. Who acts for a partner sees that of administrators, but does not give it. */
export function CustomerRolePicker({
  chosen,
  onChange,
}: {
  chosen: readonly Role[]
  onChange: (roles: readonly Role[]) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['licenses', 'common'])
  const whyId = useId()
  const isPartner = useSession().organization.kind !== 'customer'
  return (
    <div>
      <Field label={t('person.roles')} hint={t('person.rolesHint')}>
        <div role="group" aria-label={t('person.roles')} className={styles.grid}>
          {rolesOf.customer.map((role) => {
            const barred = isPartner && role === 'global_admin'
            return (
              <Checkbox
                key={role}
                label={t(`common:role.${role}`)}
                checked={chosen.includes(role)}
                disabled={barred}
                {...(barred ? { 'aria-describedby': whyId } : {})}
                onChange={(_, { checked }) =>
                  onChange(checked === true ? [...chosen, role] : chosen.filter((one) => one !== role))
                }
              />
            )
          })}
        </div>
      </Field>
      {isPartner && (
        <p id={whyId} className={styles.why}>
          {t('person.adminBarred')}
        </p>
      )}
    </div>
  )
}
