import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { InvitationLanding } from '../../../features/partnerships/wire.ts'
import { FactList } from '../../ui/FactList.tsx'
import { useFormats } from '../../ui/formats.tsx'

const useStyles = makeStyles({
  root: {
    padding: '16px',
    marginBottom: '24px',
    background: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
  },
})

/** Who asks, and from where. */
export function ProviderFacts({ invitation: { provider, expiresAt } }: { invitation: InvitationLanding }) {
  const styles = useStyles()
  const { t } = useTranslation('invitation')
  const formats = useFormats()
  return (
    <div className={styles.root}>
      <FactList
        lines
        facts={[
          { label: t('provider'), value: <strong>{provider.name}</strong> },
          {
            label: t('location'),
            value: [provider.city, formats.country(provider.country)].filter(Boolean).join(', '),
          },
          { label: t('region'), value: provider.regionName },
          { label: t('validUntil'), value: formats.instantDay(expiresAt) },
        ]}
      />
    </div>
  )
}
