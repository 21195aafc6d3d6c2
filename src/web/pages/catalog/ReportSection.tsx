import {
  Checkbox,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Write } from '../../api.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import type { Writer } from '../../ui/useWrite.ts'
import type { ImportReport } from './catalog.ts'
import { ProblemTable } from './ProblemTable.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '16px' },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))',
    gap: '8px',
    margin: 0,
    [media.phone]: { gridTemplateColumns: 'repeat(2, 1fr)' },
  },
  tile: {
    display: 'flex',
    flexDirection: 'column-reverse',
    justifyContent: 'flex-end',
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground2,
  },
  bad: { background: tokens.colorStatusWarningBackground1 },
  figure: {
    margin: 0,
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  heading: { outlineStyle: 'none' },
})

/** What a file would do or did: the counts, its bad lines, and the way on. Takes the focus when it appears. */
export function ReportSection({
  report,
  writer,
  onImport,
  call,
}: {
  report: ImportReport
  writer: Writer
  onImport: (leaveOutBadLines: boolean) => void
  call: (leaveOutBadLines: boolean) => Write<unknown>
}) {
  const styles = useStyles()
  const { t } = useTranslation('catalog')
  const formats = useFormats()
  const [leaveOut, setLeaveOut] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])

  const isDone = report.outcome === 'imported' || report.outcome === 'unchanged'
  const bad = report.badLines
  const nothing = report.added + report.changed + report.ended + report.addedSkus + report.changedSkus === 0
  const isPrices = report.kind === 'price-list'
  const tiles = [
    { key: 'lines', label: t('imports.report.lines'), value: report.lines },
    { key: 'added', label: t('imports.report.added'), value: report.added },
    { key: 'changed', label: t('imports.report.changed'), value: report.changed },
    ...(isPrices ? [{ key: 'ended', label: t('imports.report.ended'), value: report.ended }] : []),
    { key: 'unchanged', label: t('imports.report.unchanged'), value: report.unchanged },
    { key: 'bad', label: t('imports.report.bad'), value: bad },
    ...(isPrices
      ? [
          { key: 'newSkus', label: t('imports.report.newSkus'), value: report.addedSkus },
          { key: 'changedSkus', label: t('imports.report.changedSkus'), value: report.changedSkus },
        ]
      : []),
  ]
  return (
    <div ref={box} tabIndex={-1} className={styles.heading}>
      <Section title={isDone ? t('imports.report.done') : t('imports.report.title')}>
        <div className={styles.body}>
          {report.outcome === 'imported' && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{t('imports.report.imported', { name: report.fileName })}</MessageBarBody>
            </MessageBar>
          )}
          {report.outcome === 'unchanged' && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{t('imports.report.unchangedFile', { name: report.fileName })}</MessageBarBody>
            </MessageBar>
          )}
          <dl className={styles.tiles}>
            {tiles.map(({ key, label, value }) => (
              <div key={key} className={`${styles.tile} ${key === 'bad' && value > 0 ? styles.bad : ''}`}>
                <dt className={styles.label}>{label}</dt>
                <dd className={styles.figure}>{formats.number(value)}</dd>
              </div>
            ))}
          </dl>
          {report.ignoredColumns.length > 0 && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>
                {t('imports.report.ignored', {
                  count: report.ignoredColumns.length,
                  columns: report.ignoredColumns.join(', '),
                })}
              </MessageBarBody>
            </MessageBar>
          )}
          {bad > 0 && (
            <>
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  {t('imports.report.badIntro', { count: bad })}
                  {report.problems.length >= 1000 &&
                    ` ${t('imports.report.badFirst', { shown: report.problems.length })}`}
                </MessageBarBody>
              </MessageBar>
              <ProblemTable problems={report.problems} />
            </>
          )}
          {!isDone && (
            <>
              <ErrorBar error={writer.error} />
              {bad > 0 && (
                <Checkbox
                  checked={leaveOut}
                  disabled={writer.busy}
                  onChange={(_, { checked }) => setLeaveOut(checked === true)}
                  label={t('imports.leaveOut', { count: bad })}
                />
              )}
              <div className={styles.buttons}>
                <SubmitButton
                  state={writer.state}
                  onPress={() => onImport(leaveOut)}
                  disabledBecause={
                    bad > 0 && !leaveOut
                      ? t('imports.leaveOutFirst')
                      : nothing
                        ? t('imports.nothingToImport')
                        : undefined
                  }
                >
                  {bad > 0 ? t('imports.importRest') : t('imports.import')}
                </SubmitButton>
                <ApiCallButton write={call(leaveOut)} />
              </div>
              {writer.busy && (
                <Field validationMessage={t('imports.working')} validationState="none">
                  <ProgressBar aria-label={t('imports.importing')} />
                </Field>
              )}
            </>
          )}
        </div>
      </Section>
    </div>
  )
}
