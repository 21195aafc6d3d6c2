import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'
import type { OneTimeSecret } from './webhook.ts'

const useStyles = makeStyles({
  box: {
    padding: '16px',
    background: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  secret: {
    margin: '0 0 16px',
    fontFamily: tokens.fontFamilyMonospace,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
})

/** Shows a webhook's secret this once. Closing or leaving without having copied it takes a second, deliberate act. */
export function SecretOnceDialog({ shown, onClose }: { shown: OneTimeSecret; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['webhooks', 'common'])
  const { secret } = shown
  const [copied, setCopied] = useState(false)
  const [warned, setWarned] = useState(false)
  const unsaved = secret !== undefined && !copied
  const guard = useLeaveGuard(unsaved, { title: t('once.leaveTitle'), body: t('once.leaveBody') })
  const close = () => {
    if (unsaved && !warned) setWarned(true)
    else onClose()
  }
  return (
    <DialogBox
      title={t(`once.${shown.reason}`)}
      alert={unsaved}
      onClose={close}
      actions={
        <Button appearance={unsaved ? 'secondary' : 'primary'} onClick={close}>
          {unsaved && warned ? t('once.close') : t('common:action.done')}
        </Button>
      }
    >
      {guard}
      {secret === undefined ? (
        <p style={{ margin: 0 }}>{t('once.already')}</p>
      ) : (
        <>
          <Notice tone="warning">{t('once.note')}</Notice>
          <div className={styles.box}>
            <p className={styles.secret}>{secret}</p>
            <CopyButton
              text={secret}
              name={t('once.secret')}
              appearance={copied ? 'secondary' : 'primary'}
              onCopied={() => setCopied(true)}
            >
              {t('once.copy')}
            </CopyButton>
          </div>
        </>
      )}
      {shown.reason === 'rotated' && <p style={{ margin: 0 }}>{t('once.overlap')}</p>}
      {unsaved && warned && (
        <Notice tone="error" live>
          {t('once.notCopied')}
        </Notice>
      )}
    </DialogBox>
  )
}
