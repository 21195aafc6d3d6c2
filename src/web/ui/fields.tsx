import {
  Button,
  Checkbox,
  Field,
  Input,
  Link,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { EyeRegular } from '@fluentui/react-icons/svg/eye'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { useEffect, useRef, useState } from 'react'
import type { HTMLAttributes, ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isAboutFields, useFieldErrorText } from './errors.ts'
import { ErrorBar } from './ErrorState.tsx'
import type { Form, FormValues } from './form.ts'
import { Notice } from './Notice.tsx'
import { media } from './screen.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '720px' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    gap: '16px',
    alignItems: 'start',
  },
  set: { border: 0, margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '16px' },
  legend: {
    padding: 0,
    marginBottom: '12px',
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  // A long choice does not make the field wider than the form.
  field: { gridTemplateColumns: 'minmax(0, 1fr)', '& select': { minWidth: 0 } },
  control: { [media.phone]: { minHeight: '44px', '& select': { minHeight: '44px' } } },
  area: { '& textarea': { minHeight: '96px', maxHeight: '60vh' } },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    marginTop: '8px',
    [media.phone]: { '& > *, & > span > *': { flex: '1 1 100%', minHeight: '44px' } },
  },
  optional: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  list: { margin: '4px 0 0', paddingLeft: '20px' },
  summary: { outlineOffset: '2px' },
})

/** Names of a form's fields whose values are of one kind. */
export type NameOf<Values, Kind> = {
  [Name in keyof Values]-?: Values[Name] extends Kind ? Name : never
}[keyof Values] &
  string

interface Common<Values extends FormValues, Kind> {
  form: Form<Values>
  name: NameOf<Values, Kind>
  label: string
  hint?: ReactNode
  required?: boolean
}

/**
 * A form in one column with one primary button. Give it the writer's `error`: what the server says about fields goes beside them
 * and into the summary on top (`fieldNames` maps API paths to fields where they differ), anything else stands above the fields.
 */
export function FormBox<Values extends FormValues>({
  form,
  labels,
  children,
  label,
  error,
  fieldNames,
}: {
  form: Form<Values>
  error?: unknown
  fieldNames?: Readonly<Record<string, keyof Values & string>>
  /** What the fields are called, for the summary, in the order of the page. */
  labels: Partial<Record<keyof Values & string, string>>
  /** Name of the form for people who cannot see its heading. */
  label?: string
  children: ReactNode
}) {
  const styles = useStyles()
  const latest = useRef({ form, fieldNames })
  useEffect(() => {
    latest.current = { form, fieldNames }
  })
  useEffect(() => {
    if (error) latest.current.form.refuse(error, latest.current.fieldNames)
  }, [error])
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate {...(label ? { 'aria-label': label } : {})}>
      <ErrorSummary form={form} labels={labels} />
      {!isAboutFields(error) && <ErrorBar error={error} />}
      {children}
    </form>
  )
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={useStyles().row}>{children}</div>
}

/** Fields that belong together, under a heading of their own. */
export function FieldSet({ legend, children }: { legend: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <fieldset className={styles.set}>
      <legend className={styles.legend}>{legend}</legend>
      {children}
    </fieldset>
  )
}

/** The buttons below a form: the primary one first. On a phone each fills a line. */
export function FormButtons({ children }: { children: ReactNode }) {
  return <div className={useStyles().buttons}>{children}</div>
}

/** Errors of all fields with links to them; takes the focus after a refused submit. Nothing while there are none. */
export function ErrorSummary<Values extends FormValues>({
  form,
  labels,
}: {
  form: Form<Values>
  labels: Partial<Record<keyof Values & string, string>>
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const text = useFieldErrorText()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (form.attempt > 0) bar.current?.focus()
  }, [form.attempt])
  // In the order of the page, which is the order of the labels.
  const wrong = [...new Set([...Object.keys(labels), ...Object.keys(form.values)])].flatMap((name) => {
    const error = form.errors[name]
    return error ? [{ name, error }] : []
  })
  const count = wrong.length + form.otherErrors.length
  if (count === 0) return null
  return (
    <div ref={bar} tabIndex={-1} className={styles.summary}>
      <Notice tone="error" live title={t('form.errorsTitle', { count })}>
        <ul className={styles.list}>
          {wrong.map(({ name, error }) => (
            <li key={name}>
              <Link
                inline
                href={`#${form.id}-${name}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(`${form.id}-${name}`)?.focus()
                }}
              >
                {labels[name] ?? name}
              </Link>
              : {text(error)}
            </li>
          ))}
          {form.otherErrors.map((error) => (
            <li key={error.field}>
              {error.field}: {text(error)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

/** Label above, help and error below. `children` gets the id the control must have. The named fields below are usually enough. */
export function FormField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required = false,
  children,
}: {
  form: Form<Values>
  name: keyof Values & string
  label: string
  hint?: ReactNode
  required?: boolean
  children: (id: string) => ReactElement
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const text = useFieldErrorText()
  const error = form.errors[name]
  return (
    <Field
      className={styles.field}
      label={
        required ? (
          label
        ) : (
          <>
            {label} <span className={styles.optional}>({t('optional')})</span>
          </>
        )
      }
      required={required}
      {...(hint ? { hint: <>{hint}</> } : {})}
      {...(error ? { validationMessage: text(error), validationState: 'error' as const } : {})}
    >
      {children(`${form.id}-${name}`)}
    </Field>
  )
}

/** One line of text. `inputMode` chooses the keyboard of a phone; `maxLength` is the server's bound. */
export function TextField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  type = 'text',
  contentAfter,
  contentBefore,
  ...input
}: Common<Values, string> & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'date'
  maxLength?: number
  autoComplete?: string
  autoFocus?: boolean
  placeholder?: string
  readOnly?: boolean
  min?: string
  max?: string
  contentBefore?: ReactElement | string
  contentAfter?: ReactElement | string
  onBlur?: () => void
} & Pick<HTMLAttributes<HTMLInputElement>, 'inputMode' | 'spellCheck' | 'autoCapitalize'>) {
  const styles = useStyles()
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <Input
          {...input}
          {...(contentBefore ? { contentBefore: <>{contentBefore}</> } : {})}
          {...(contentAfter ? { contentAfter: <>{contentAfter}</> } : {})}
          id={id}
          className={styles.control}
          type={type}
          value={String(form.values[name] ?? '')}
          onChange={(_, { value }) => form.set(name, value as Values[typeof name])}
        />
      )}
    </FormField>
  )
}

/** A password with a button that shows it. */
export function PasswordField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  autoComplete,
  autoFocus,
  show,
  hide,
}: Common<Values, string> & {
  autoComplete: 'current-password' | 'new-password'
  autoFocus?: boolean
  /** Names of the button: to show, to hide. */
  show: string
  hide: string
}) {
  const styles = useStyles()
  const [shown, setShown] = useState(false)
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <Input
          id={id}
          className={styles.control}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          {...(autoFocus ? { autoFocus } : {})}
          maxLength={128}
          spellCheck={false}
          autoCapitalize="none"
          value={String(form.values[name] ?? '')}
          onChange={(_, { value }) => form.set(name, value as Values[typeof name])}
          contentAfter={
            <Button
              appearance="transparent"
              size="small"
              icon={shown ? <EyeOffRegular /> : <EyeRegular />}
              aria-label={shown ? hide : show}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          }
        />
      )}
    </FormField>
  )
}

/** Several lines of text. */
export function TextAreaField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  rows = 4,
  maxLength,
}: Common<Values, string> & { rows?: number; maxLength?: number }) {
  const styles = useStyles()
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <Textarea
          id={id}
          className={styles.area}
          resize="vertical"
          rows={rows}
          {...(maxLength ? { maxLength } : {})}
          value={String(form.values[name] ?? '')}
          onChange={(_, { value }) => form.set(name, value as Values[typeof name])}
        />
      )}
    </FormField>
  )
}

/** A calendar day, `YYYY-MM-DD` or empty, with the device's own calendar. */
export function DateField<Values extends FormValues>(props: Common<Values, string> & { min?: string; max?: string }) {
  return <TextField {...props} type="date" />
}

/** A whole number that is typed; null when empty. */
export function NumberField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  min,
  max,
}: Common<Values, number | null> & { min?: number; max?: number }) {
  const styles = useStyles()
  const value = form.values[name]
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <Input
          id={id}
          className={styles.control}
          type="number"
          inputMode="numeric"
          step={1}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
          value={typeof value === 'number' ? String(value) : ''}
          onChange={(_, { value: typed }) => {
            const number = typed === '' ? null : Number(typed)
            form.set(name, (Number.isFinite(number) ? number : null) as Values[typeof name])
          }}
        />
      )}
    </FormField>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
  readonly disabled?: boolean
}

/** One of many, with the device's own list. An empty value means that nothing is chosen yet. */
export function SelectField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  choices,
  emptyLabel,
  autoComplete,
}: Common<Values, string> & { choices: readonly Choice[]; emptyLabel?: string; autoComplete?: string }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const value = String(form.values[name] ?? '')
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <Select
          id={id}
          className={styles.control}
          value={value}
          {...(autoComplete ? { autoComplete } : {})}
          onChange={(_, { value: chosen }) => form.set(name, chosen as Values[typeof name])}
        >
          {(value === '' || !required) && <option value="">{emptyLabel ?? t('form.chooseOne')}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled ?? false}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  )
}

/** One of a few, all visible, each with a sentence where it needs one. */
export function RadioField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required,
  choices,
}: Common<Values, string> & { choices: readonly Choice[] }) {
  return (
    <FormField form={form} name={name} label={label} {...(hint ? { hint } : {})} {...(required ? { required } : {})}>
      {(id) => (
        <RadioGroup
          id={id}
          tabIndex={-1}
          value={String(form.values[name] ?? '')}
          onChange={(_, { value }) => form.set(name, value as Values[typeof name])}
        >
          {choices.map((choice) => (
            <Radio
              key={choice.value}
              value={choice.value}
              disabled={choice.disabled ?? false}
              label={
                choice.hint ? (
                  <>
                    {choice.label}
                    <br />
                    <span style={{ color: tokens.colorNeutralForeground3 }}>{choice.hint}</span>
                  </>
                ) : (
                  choice.label
                )
              }
            />
          ))}
        </RadioGroup>
      )}
    </FormField>
  )
}

/** A tick. A `required` one must be ticked before the form is sent; `label` may be a whole sentence. */
export function CheckField<Values extends FormValues>({
  form,
  name,
  label,
  hint,
  required = false,
}: Common<Values, boolean>) {
  const text = useFieldErrorText()
  const error = form.errors[name]
  return (
    <Field
      {...(hint ? { hint: <>{hint}</> } : {})}
      {...(error ? { validationMessage: text(error), validationState: 'error' as const } : {})}
    >
      <Checkbox
        id={`${form.id}-${name}`}
        label={label}
        required={required}
        checked={form.values[name] === true}
        onChange={(_, { checked }) => form.set(name, (checked === true) as Values[typeof name])}
      />
    </Field>
  )
}
