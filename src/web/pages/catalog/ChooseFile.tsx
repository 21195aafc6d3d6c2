import { Button, Field, makeStyles, ProgressBar, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import type { Writer } from '../../ui/useWrite.ts'
import { type FileKind, fileKinds } from './catalog.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '720px' },
  drop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '12px',
    padding: '16px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, background: tokens.colorBrandBackground2 },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
  none: { color: tokens.colorNeutralForeground3 },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** Asks for the kind of file and the file itself, and has it checked. */
export function ChooseFile({
  kind,
  onKind,
  file,
  onFile,
  onCheck,
  writer,
  locked,
}: {
  kind: FileKind
  onKind: (kind: FileKind) => void
  file: File | undefined
  onFile: (file: File) => void
  onCheck: () => void
  writer: Writer
  /** An import is under way: the file stays what it is. */
  locked: boolean
}) {
  const styles = useStyles()
  const { t } = useTranslation('catalog')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [asked, setAsked] = useState(false)
  const id = useId()
  const busy = writer.busy || locked
  const missing = asked && !file
  return (
    <Section>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
          if (file) onCheck()
          else input.current?.focus()
        }}
      >
        <ErrorBar error={writer.error} />
        <Field label={t('imports.kindLabel')}>
          <RadioGroup value={kind} onChange={(_, { value }) => onKind(value as FileKind)} disabled={busy}>
            {fileKinds.map((one) => (
              <Radio
                key={one}
                value={one}
                label={
                  <>
                    {t(`imports.kind.${one}`)}
                    <br />
                    <span className={styles.hint}>{t(`imports.kindHint.${one}`)}</span>
                  </>
                }
              />
            ))}
          </RadioGroup>
        </Field>
        <Field
          label={{ children: t('imports.fileLabel'), htmlFor: id }}
          hint={t('imports.fileHint')}
          required
          {...(missing ? { validationMessage: t('imports.fileFirst'), validationState: 'error' as const } : {})}
        >
          <div
            className={`${styles.drop} ${over ? styles.over : ''}`}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(false)
              const dropped = event.dataTransfer.files[0]
              if (dropped && !busy) onFile(dropped)
            }}
          >
            <input
              ref={input}
              id={id}
              type="file"
              className="visually-hidden"
              accept=".csv,.zip,text/csv,application/zip"
              disabled={busy}
              onChange={(event) => {
                const chosen = event.target.files?.[0]
                if (chosen) onFile(chosen)
                // The same file again, corrected meanwhile, must count as chosen.
                event.target.value = ''
              }}
            />
            <Button icon={<DocumentRegular />} disabledFocusable={busy} onClick={() => input.current?.click()}>
              {file ? t('imports.chooseOther') : t('imports.choose')}
            </Button>
            <span className={`${styles.name} ${file ? '' : styles.none}`}>{file?.name ?? t('imports.noFile')}</span>
          </div>
        </Field>
        <div className={styles.buttons}>
          <SubmitButton state={writer.state}>{t('imports.check')}</SubmitButton>
        </div>
        {writer.busy && (
          <Field validationMessage={t('imports.working')} validationState="none">
            <ProgressBar aria-label={t('imports.checking')} />
          </Field>
        )}
      </form>
    </Section>
  )
}
