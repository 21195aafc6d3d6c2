import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed'
import { QrCodeRegular } from '@fluentui/react-icons/svg/qr-code'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { toast } from '../../ui/Toasts.tsx'

const QrPicture = lazy(() => import('./QrPicture.tsx').then((module) => ({ default: module.QrPicture })))

const useStyles = makeStyles({
  root: {
    padding: '12px 16px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground2,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  head: { display: 'flex', alignItems: 'center', gap: '8px', fontWeight: tokens.fontWeightSemibold },
  link: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  picture: { display: 'flex', justifyContent: 'center', minHeight: '256px' },
})

/** The personal link of a request, which cannot be edited here: to read, copy alone, or show as a QR code. */
export function LinkBlock({ link, expiresAt, onUsed }: { link: string; expiresAt: string; onUsed?: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['partnerships', 'common'])
  const formats = useFormats()
  const [showing, setShowing] = useState(false)
  return (
    <section className={styles.root} aria-label={t('draftPage.link')}>
      <div className={styles.head}>
        <LockClosedRegular aria-hidden /> {t('draftPage.link')}
      </div>
      <div className={styles.link}>{link}</div>
      <div className={styles.hint}>{t('draftPage.linkHint', { date: formats.instantDay(expiresAt) })}</div>
      <div className={styles.buttons}>
        <CopyButton
          text={link}
          name={t('draftPage.link')}
          size="small"
          onCopied={() => {
            toast({ text: t('requests.linkCopied') })
            onUsed?.()
          }}
        >
          {t('draftPage.copyLink')}
        </CopyButton>
        <Button
          size="small"
          icon={<QrCodeRegular />}
          onClick={() => {
            setShowing(true)
            onUsed?.()
          }}
        >
          {t('draftPage.showQr')}
        </Button>
      </div>
      {showing && (
        <DialogBox
          title={t('draftPage.qrTitle')}
          onClose={() => setShowing(false)}
          actions={<Button onClick={() => setShowing(false)}>{t('common:action.close')}</Button>}
        >
          <div className={styles.picture}>
            <Suspense fallback={null}>
              <QrPicture text={link} title={t('draftPage.qrTitle')} />
            </Suspense>
          </div>
          <p>{t('draftPage.qrBody')}</p>
        </DialogBox>
      )}
    </section>
  )
}
