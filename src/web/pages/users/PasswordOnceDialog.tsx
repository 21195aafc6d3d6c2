import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'

/** A temporary password that the server gave in this one answer; undefined when the answer was a repeat. */
export interface OneTimePassword {
  readonly reason: 'added' | 'reset'
  readonly name: string
  readonly username: string
  readonly password: string | undefined
}

const useStyles = makeStyles({
  secret: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
  copy: { marginTop: '16px' },
  box: {
    padding: '16px',
    background: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
})

/** Shows a temporary password this once. Closing or leaving without having copied it takes a second, deliberate act. */
export function PasswordOnceDialog({ shown, onClose }: { shown: OneTimePassword; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['users', 'common'])
  const { name, username, password } = shown
  const [copied, setCopied] = useState(false)
  const [warned, setWarned] = useState(false)
  const unsaved = password !== undefined && !copied
  const guard = useLeaveGuard(unsaved, { title: t('once.leaveTitle'), body: t('once.leaveBody', { name }) })
  const title = shown.reason === 'added' ? t('once.titleAdded', { name }) : t('once.titleReset', { name })
  const close = () => {
    if (unsaved && !warned) setWarned(true)
    else onClose()
  }
  if (password === undefined) {
    return (
      <DialogBox
        title={title}
        onClose={onClose}
        actions={
          <Button appearance="primary" onClick={onClose}>
            {t('common:action.ok')}
          </Button>
        }
      >
        <p style={{ margin: 0 }}>{t('once.already')}</p>
      </DialogBox>
    )
  }
  return (
    <DialogBox
      title={title}
      alert
      onClose={close}
      actions={
        <Button appearance={copied ? 'primary' : 'secondary'} onClick={close}>
          {unsaved && warned ? t('once.close') : t('common:action.done')}
        </Button>
      }
    >
      {guard}
      <Notice tone="warning">{t('once.note')}</Notice>
      <div className={styles.box}>
        <FactList
          lines
          facts={[
            { label: t('once.username'), value: <span className={styles.secret}>{username}</span> },
            { label: t('once.password'), value: <span className={styles.secret}>{password}</span> },
          ]}
        />
        <CopyButton
          text={`${t('once.username')}: ${username}\n${t('once.password')}: ${password}`}
          name={t('once.password')}
          className={styles.copy}
          appearance={copied ? 'secondary' : 'primary'}
          onCopied={() => setCopied(true)}
        >
          {t('once.copy')}
        </CopyButton>
      </div>
      <p style={{ margin: 0 }}>{t('once.next', { name })}</p>
      {unsaved && warned && (
        <Notice tone="error" live>
          {t('once.notCopied')}
        </Notice>
      )}
    </DialogBox>
  )
}
