import { Button, Field, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/actions.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { ListProblems } from './ListProblems.tsx'
import { CheckedShape, type CheckedUpload, pathOf, type PeopleAccess } from './people.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '720px' },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  drop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '12px',
    padding: '16px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
})

/** Asks for the list and has all of it checked. What is wrong stands below, row by row. */
export function CheckList({
  access,
  onChecked,
}: {
  access: PeopleAccess
  /** With a list that can be saved; undefined once another file is chosen. */
  onChecked: (checked: { readonly uploadId: string; readonly rows: number } | undefined) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['licenses', 'common'])
  const formats = useFormats()
  const { customer, countries } = access
  const base = `${pathOf(customer.id)}/user-uploads`
  const writer = useWrite()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const [file, setFile] = useState<File>()
  const [location, setLocation] = useState(customer.country)
  const [locale, setLocale] = useState<string>(customer.language)
  const [asked, setAsked] = useState(false)
  const [report, setReport] = useState<CheckedUpload>()
  const start = () => {
    setReport(undefined)
    onChecked(undefined)
    writer.clear()
  }
  const check = async () => {
    setAsked(true)
    if (!file) return input.current?.focus()
    start()
    const body = new FormData()
    body.set('usageLocation', location)
    body.set('locale', locale)
    body.set('file', file)
    const answer = await writer.send({ method: 'POST', path: base, body, reply: CheckedShape })
    if (!answer) return
    const { uploadId, rows } = answer.reply
    setReport(answer.reply)
    onChecked(uploadId === null ? undefined : { uploadId, rows })
  }
  return (
    <>
      <Section>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void check()
          }}
        >
          <p className={styles.hint}>{t('uploading.templateHint')}</p>
          <div>
            <ActionButton
              action={{
                key: 'template',
                label: t('uploading.template'),
                icon: <ArrowDownloadRegular />,
                href: `${base}/template`,
                download: true,
              }}
            />
          </div>
          <ErrorBar error={writer.error} />
          <Field
            label={{ children: t('uploading.file'), htmlFor: id }}
            hint={t('uploading.fileHint')}
            required
            {...(asked && !file
              ? { validationMessage: t('uploading.fileFirst'), validationState: 'error' as const }
              : {})}
          >
            <div
              className={styles.drop}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault()
                const dropped = event.dataTransfer.files[0]
                if (!dropped || writer.busy) return
                start()
                setFile(dropped)
              }}
            >
              <input
                ref={input}
                id={id}
                type="file"
                className="visually-hidden"
                accept=".csv,text/csv"
                disabled={writer.busy}
                onChange={(event) => {
                  const chosen = event.target.files?.[0]
                  if (chosen) {
                    start()
                    setFile(chosen)
                  }
                  // The same file again, corrected meanwhile, must count as chosen.
                  event.target.value = ''
                }}
              />
              <Button icon={<DocumentRegular />} disabledFocusable={writer.busy} onClick={() => input.current?.click()}>
                {file ? t('uploading.chooseOther') : t('uploading.choose')}
              </Button>
              <span className={styles.name}>{file?.name ?? t('uploading.noFile')}</span>
            </div>
          </Field>
          <Field label={t('column.location')} hint={t('uploading.locationHint')} required>
            <Select
              value={location}
              onChange={(_, { value }) => {
                start()
                setLocation(value)
              }}
            >
              {countries
                .map((code) => ({ code, name: formats.country(code) }))
                .toSorted((one, other) => formats.compare(one.name, other.name))
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
            </Select>
          </Field>
          <Field label={t('uploading.language')} required>
            <RadioGroup
              value={locale}
              layout="horizontal"
              onChange={(_, { value }) => {
                start()
                setLocale(value)
              }}
            >
              <Radio value="en" label={t('common:language.en')} />
              <Radio value="tr" label={t('common:language.tr')} />
            </RadioGroup>
          </Field>
          <div>
            <SubmitButton state={writer.state}>{t('uploading.validate')}</SubmitButton>
          </div>
        </form>
      </Section>
      {report && report.badRows > 0 && (
        <Section title={t('uploading.problems')}>
          <div style={{ marginBottom: '16px' }}>
            <Notice tone="error" live title={t('uploading.bad', { count: report.badRows, rows: report.rows })}>
              {t('uploading.badBody')}
            </Notice>
          </div>
          <ListProblems problems={report.problems} />
        </Section>
      )}
    </>
  )
}
