import { Button, Field, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { AttachRegular } from '@fluentui/react-icons/svg/attach'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attachmentEndings, attachmentLimits } from '../../../features/support/rules.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { SizeText } from './SizeText.tsx'
import type { Attachments } from './useAttachments.ts'

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '8px',
    padding: '12px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, background: tokens.colorBrandBackground2 },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
  },
  file: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto auto', alignItems: 'center', gap: '4px 8px' },
  name: { overflowWrap: 'anywhere' },
  bar: { gridColumn: '1 / -1' },
  ready: { color: tokens.colorStatusSuccessForeground1, verticalAlign: 'text-bottom', marginRight: '4px' },
  problem: { gridColumn: '1 / -1', color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
})

/** Chooses files, by button or by dropping them, and shows how far each is. */
export function AttachmentField({ attachments, disabled = false }: { attachments: Attachments; disabled?: boolean }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const id = useId()
  const { files, problems, add, remove } = attachments
  const full = files.length >= attachmentLimits.perMessage
  return (
    <Field
      label={{ children: t('attach.label'), htmlFor: id }}
      hint={t('attach.hint')}
      {...(problems.length > 0
        ? { validationMessage: { children: problems.join(' '), role: 'alert' }, validationState: 'error' as const }
        : {})}
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
          if (!disabled) add([...event.dataTransfer.files])
        }}
      >
        <input
          ref={input}
          id={id}
          type="file"
          multiple
          className="visually-hidden"
          accept={attachmentEndings.map((ending) => `.${ending}`).join(',')}
          disabled={disabled || full}
          onChange={(event) => {
            add([...(event.target.files ?? [])])
            // The same file again must count as chosen.
            event.target.value = ''
          }}
        />
        <Button
          icon={<AttachRegular />}
          disabledFocusable={disabled || full}
          onClick={() => {
            if (!disabled && !full) input.current?.click()
          }}
        >
          {t('attach.add')}
        </Button>
        {files.length > 0 && (
          <ul className={styles.list} aria-label={t('attach.label')}>
            {files.map((file) => (
              <li key={file.key} className={styles.file}>
                <span className={styles.name}>
                  {file.id !== undefined && <CheckmarkCircleRegular className={styles.ready} aria-hidden />}
                  {file.name}
                </span>
                <SizeText bytes={file.sizeBytes} />
                <Tooltip content={t('attach.remove', { name: file.name })} relationship="label">
                  <Button
                    appearance="subtle"
                    size="small"
                    icon={<DismissRegular />}
                    disabledFocusable={disabled}
                    onClick={() => {
                      if (!disabled) remove(file.key)
                    }}
                  />
                </Tooltip>
                {file.id === undefined && file.problem === undefined && (
                  <ProgressBar
                    className={styles.bar}
                    value={file.share}
                    aria-label={t('attach.sending', {
                      name: file.name,
                      percent: `${Math.round(file.share * 100)} %`,
                    })}
                  />
                )}
                {file.problem && <span className={styles.problem}>{file.problem}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Field>
  )
}
