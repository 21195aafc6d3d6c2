import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FormButtons } from '../../ui/fields.tsx'

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  codes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))',
    gap: '8px',
    listStyleType: 'none',
    margin: '12px 0',
    padding: '16px',
    background: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
  },
})

/** The backup codes, once. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation('myProfile')
  return (
    <>
      <h3 className={styles.title}>{t('secondFactor.backupTitle')}</h3>
      <p>{t('secondFactor.backup')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <FormButtons>
        <CopyButton text={codes.join('\n')} name={t('secondFactor.backupTitle')} appearance="primary">
          {t('secondFactor.copyBackup')}
        </CopyButton>
        <Button onClick={onDone}>{t('secondFactor.savedBackup')}</Button>
      </FormButtons>
    </>
  )
}
