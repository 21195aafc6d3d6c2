import { Checkbox, Field, makeStyles, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { assignableRoles } from '../../../features/identity/rules.ts'
import { rolesOf } from '../../../kernel/permissions.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { media } from '../../ui/screen.ts'

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(260px, 100%), 1fr))',
    columnGap: '16px',
    [media.phone]: { rowGap: '12px' },
  },
  why: { margin: '8px 0 0', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

/** The roles of this kind of organization, to tick. Those the person may not give stay visible, with who may. */
export function RolePicker({
  label,
  hint,
  chosen,
  onChange,
}: {
  label: string
  hint: string
  chosen: readonly Role[]
  onChange: (roles: readonly Role[]) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['users', 'common'])
  const whyId = useId()
  const { organization, roles: own } = useSession()
  const assignable = assignableRoles(organization.kind, own)
  const all = rolesOf[organization.kind]
  const barred = all.filter((role) => !assignable.includes(role))
  return (
    <div>
      <Field label={label} hint={hint}>
        <div role="group" aria-label={label} className={styles.grid}>
          {all.map((role) => (
            <Checkbox
              key={role}
              label={t(`common:role.${role}`)}
              checked={chosen.includes(role)}
              disabled={barred.includes(role)}
              {...(barred.includes(role) ? { 'aria-describedby': whyId } : {})}
              onChange={(_, { checked }) =>
                onChange(checked === true ? [...chosen, role] : chosen.filter((one) => one !== role))
              }
            />
          ))}
        </div>
      </Field>
      {barred.length > 0 && (
        <p id={whyId} className={styles.why}>
          {t('roles.barred')}
        </p>
      )}
    </div>
  )
}
