import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  heading: { margin: '0 0 4px', fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  note: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
})

/** What accepting authorizes, word for word. */
export function AuthorizationText({ text }: { text: string }) {
  const styles = useStyles()
  const { t } = useTranslation('invitation')
  return (
    <div>
      <h2 className={styles.heading}>{t('authorize.title')}</h2>
      <p className={styles.text}>{text}</p>
      <p className={styles.note}>{t('authorize.customersStay')}</p>
    </div>
  )
}
