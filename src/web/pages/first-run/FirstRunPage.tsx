import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { links } from '../../links.ts'
import { queryClient } from '../../query.ts'
import { BareFrame } from '../../shell/BareFrame.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { FirstRun, firstRunPath } from './useFirstRun.ts'

const command = 'npx kanal create-operator'

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px',
    padding: '8px 8px 8px 16px',
    background: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
  },
})

/** On an empty database: how to make the first operator, without whom nobody can sign in. */
export function FirstRunPage() {
  const styles = useStyles()
  const { t } = useTranslation('firstRun')
  const go = useGo()
  const [asking, setAsking] = useState(false)
  const [missing, setMissing] = useState(false)
  const [error, setError] = useState<unknown>()
  const look = async () => {
    setAsking(true)
    setError(undefined)
    try {
      const { needed } = await api.get(firstRunPath, FirstRun)
      // Sign-in would otherwise lead back here, by what it read before.
      queryClient.setQueryData([firstRunPath, {}], { needed })
      setMissing(needed)
      if (!needed) go(links.signIn(), { replace: true })
    } catch (failure) {
      setError(failure)
    } finally {
      setAsking(false)
    }
  }
  return (
    <BareFrame title={t('title')} lead={t('lead')} width={560}>
      <p style={{ marginTop: 0 }}>{t('step')}</p>
      <div className={styles.line}>
        <code>{command}</code>
        <CopyButton text={command} name={t('command')} />
      </div>
      <p>{t('then')}</p>
      <p style={{ color: tokens.colorNeutralForeground2 }}>{t('settings')}</p>
      <ErrorBar error={error} />
      {missing && (
        <div style={{ marginBottom: '16px' }}>
          <Notice tone="warning" live>
            {t('stillMissing')}
          </Notice>
        </div>
      )}
      <SubmitButton state={asking ? 'sending' : 'idle'} onPress={() => void look()}>
        {t('check')}
      </SubmitButton>
    </BareFrame>
  )
}
