import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { KeyResetRegular } from '@fluentui/react-icons/svg/key-reset'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { downloadCsv } from './download-csv.ts'
import { type IssuedPasswords, IssuedShape, type SavedUpload, type UploadState } from './people.ts'

type Password = SavedUpload['passwords'][number]

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start' },
})

/**
 * The temporary passwords of a list, to be downloaded this once: they are in the memory of the page only. Whoever has never signed
 * in can be given others.
 */
export function UploadPasswords({
  path,
  state,
  saved,
}: {
  path: string
  state: UploadState
  saved: SavedUpload | undefined
}) {
  const styles = useStyles()
  const { t } = useTranslation('licenses')
  const [passwords, setPasswords] = useState<readonly Password[]>(saved?.passwords ?? [])
  const [downloaded, setDownloaded] = useState(false)
  const [working, setWorking] = useState(false)
  const writer = useWrite(path)
  const guard = useLeaveGuard(passwords.length > 0 && !downloaded, {
    title: t('uploading.leaveTitle'),
    body: t('uploading.leaveBody'),
  })
  const nextPage = async (after: number): Promise<IssuedPasswords | undefined> => {
    const write = { method: 'POST', path: `${path}/passwords`, body: { after }, reply: IssuedShape } as const
    return (await writer.send(write))?.reply
  }
  const issue = async () => {
    setWorking(true)
    setDownloaded(false)
    let made: readonly Password[] = []
    setPasswords(made)
    let after: number | null = 0
    while (after !== null) {
      const page: IssuedPasswords | undefined = await nextPage(after)
      if (!page) break
      // A page whose answer was lost is asked for again: others are made.
      if (page.alreadyShown) continue
      made = [...made, ...page.passwords]
      setPasswords(made)
      after = page.next
    }
    setWorking(false)
  }
  const download = () => {
    const { name, username, password } = {
      name: t('uploading.csv.name'),
      username: t('uploading.csv.username'),
      password: t('uploading.csv.password'),
    }
    downloadCsv('temporary-passwords.csv', [
      [name, username, password],
      ...passwords.map((one) => [one.name, one.username, one.temporaryPassword]),
    ])
    setDownloaded(true)
  }
  if (passwords.length === 0 && state.neverSignedIn === 0 && !saved?.alreadyShown) return null
  return (
    <Section title={t('uploading.passwords')}>
      {guard}
      <div className={styles.stack}>
        <ErrorBar error={writer.error} />
        {saved?.alreadyShown && passwords.length === 0 && <Notice tone="info">{t('uploading.already')}</Notice>}
        {passwords.length > 0 && !working && (
          <>
            <Notice tone={downloaded ? 'success' : 'warning'}>
              {downloaded ? t('uploading.downloaded') : t('uploading.passwordsNote')}
            </Notice>
            <Button
              appearance={downloaded ? 'secondary' : 'primary'}
              icon={<ArrowDownloadRegular />}
              onClick={download}
            >
              {t('uploading.download')}
            </Button>
          </>
        )}
        {working && <p role="status">{t('uploading.issuing', { count: passwords.length })}</p>}
        {(passwords.length === 0 || downloaded) && state.neverSignedIn > 0 && (
          <>
            <p style={{ margin: 0 }}>
              {t('uploading.issue', { count: state.neverSignedIn })} {t('uploading.issueHint')}
            </p>
            <SubmitButton
              state={working ? 'sending' : 'idle'}
              appearance={passwords.length === 0 ? 'primary' : 'secondary'}
              icon={<KeyResetRegular />}
              onPress={() => void issue()}
            >
              {t('uploading.issueButton')}
            </SubmitButton>
          </>
        )}
      </div>
    </Section>
  )
}
