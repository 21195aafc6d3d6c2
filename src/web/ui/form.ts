import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { ApiRefusal } from '../api.ts'
import type { FieldError } from './errors.ts'

export type FieldValue = string | number | boolean | readonly string[] | null
export type FormValues = Readonly<Record<string, FieldValue>>
export type FormErrors<Values> = { readonly [Name in keyof Values]?: FieldError }

/** What a form's fields and its error summary work with. `Values` mirrors the form, not the API. */
export interface Form<Values extends FormValues> {
  /** Prefix of the controls' ids: the control of a field is `${id}-${name}`. */
  readonly id: string
  readonly values: Values
  readonly errors: FormErrors<Values>
  /** Server fields that this form does not show, with their errors. */
  readonly otherErrors: readonly (FieldError & { readonly field: string })[]
  /** True once something differs from the beginning. */
  readonly dirty: boolean
  readonly set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void
  readonly change: (values: Partial<Values>) => void
  readonly reset: (values?: Values) => void
  /** For `onSubmit` of a form element: checks, shows the errors or calls the page's `onSubmit`. */
  readonly submit: (event?: FormEvent) => void
  /**
   * Puts the server's field refusals beside the fields. `names` maps API paths to fields where they differ; a path's last part
   * is tried too. Returns false when the error is none about fields, so that the page shows it elsewhere.
   */
  readonly refuse: (error: unknown, names?: Readonly<Record<string, keyof Values & string>>) => boolean
  readonly setErrors: (errors: FormErrors<Values>) => void
  /** Marks fields while one types, without taking the focus. */
  readonly flag: (errors: FormErrors<Values>) => void
  /** Goes up with every refused submit; the summary takes the focus then. */
  readonly attempt: number
}

/**
 * Keeps what is typed in a form.
 *
 * @param options.check Errors of the values, by field; rules from `rules.ts` where the server has them too.
 * @param options.keepAs With a name, what is typed survives a reload of this tab, until `reset`. Never for secrets.
 */
export function useForm<Values extends FormValues>(options: {
  initial: Values
  check?: (values: Values) => FormErrors<Values>
  onSubmit: (values: Values) => void
  keepAs?: string
}): Form<Values> {
  const { initial, check, onSubmit, keepAs } = options
  const id = useId()
  const first = useRef(initial)
  const storageKey = keepAs ? `kanal.form.${keepAs}` : undefined
  const [values, setValues] = useState<Values>(() => ({ ...initial, ...readKept<Values>(storageKey) }))
  const [errors, setErrors] = useState<FormErrors<Values>>({})
  const [otherErrors, setOtherErrors] = useState<readonly (FieldError & { field: string })[]>([])
  const [attempt, setAttempt] = useState(0)
  const dirty = Object.keys(values).some((name) => !same(values[name], first.current[name]))

  useEffect(() => {
    if (!storageKey) return
    if (dirty) sessionStorage.setItem(storageKey, JSON.stringify(values))
    else sessionStorage.removeItem(storageKey)
  }, [storageKey, values, dirty])

  const change = useCallback((changed: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changed }))
    setOtherErrors([])
    setErrors((before) => {
      const left = { ...before }
      for (const name of Object.keys(changed) as (keyof Values)[]) delete left[name]
      return left
    })
  }, [])

  return {
    id,
    values,
    errors,
    otherErrors,
    dirty,
    attempt,
    change,
    setErrors(next) {
      setErrors(next)
      setAttempt((before) => before + 1)
    },
    flag: (found) => setErrors((before) => ({ ...before, ...found })),
    set: (name, value) => change({ [name]: value } as unknown as Partial<Values>),
    reset(next = first.current) {
      first.current = next
      if (storageKey) sessionStorage.removeItem(storageKey)
      setValues(next)
      setErrors({})
      setOtherErrors([])
    },
    submit(event) {
      event?.preventDefault()
      const found = check?.(values) ?? {}
      setErrors(found)
      setOtherErrors([])
      if (Object.values(found).some((error) => error !== undefined)) setAttempt((before) => before + 1)
      else onSubmit(values)
    },
    refuse(error, names = {}) {
      if (!(error instanceof ApiRefusal) || error.fields.length === 0) return false
      const known: Record<string, FieldError> = {}
      const others: (FieldError & { field: string })[] = []
      for (const { field, rule, params } of error.fields) {
        const name = [names[field], field, field.split('.').at(-1)].find((one) => one !== undefined && one in values)
        if (name === undefined) others.push({ field, rule, params })
        else known[name] ??= { rule, params }
      }
      setErrors(known as FormErrors<Values>)
      setOtherErrors(others)
      setAttempt((before) => before + 1)
      return true
    },
  }
}

/** The usual check: every named field is filled in. Spaces alone do not count. */
export function requireAll<Values extends FormValues>(
  values: Values,
  names: readonly (keyof Values)[],
): FormErrors<Values> {
  const errors: { [Name in keyof Values]?: FieldError } = {}
  for (const name of names) {
    const value = values[name]
    const empty = value === null || value === false || (typeof value === 'string' && value.trim() === '')
    if (empty || (Array.isArray(value) && value.length === 0)) errors[name] = { rule: 'required' }
  }
  return errors
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other))
}

function readKept<Values>(storageKey: string | undefined): Partial<Values> {
  const kept = storageKey ? sessionStorage.getItem(storageKey) : null
  if (!kept) return {}
  try {
    const parsed: unknown = JSON.parse(kept)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Partial<Values>) : {}
  } catch {
    // Written by an older version; the person starts with an empty form.
    return {}
  }
}
