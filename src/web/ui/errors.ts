import { useTranslation } from 'react-i18next'
import { refusals } from '../../kernel/errors.ts'
import type { RefusalName } from '../../kernel/errors.ts'
import { ApiRefusal, NoAnswer } from '../api.ts'
import type enFieldRules from '../../strings/en/fieldRules.json'

/** A rule of `strings/<language>/fieldRules.json`. */
export type FieldRule = keyof typeof enFieldRules

/** Why one field was not accepted: a rule and the values its sentence names. */
export interface FieldError {
  readonly rule: string
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

function isRefusalName(name: string): name is RefusalName {
  return name in refusals
}

/** The request id to show beside an error, when there is one. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof ApiRefusal || error instanceof NoAnswer ? error.requestId : undefined
}

/** Whether the server named fields, whose errors then stand beside them. */
export function isAboutFields(error: unknown): boolean {
  return error instanceof ApiRefusal && error.fields.length > 0
}

/** Turns any error into a sentence that says what to do. */
export function useErrorText(): (error: unknown) => string {
  // A page does not wait for these; they come soon after it.
  const { t } = useTranslation(['common', 'refusals'], { useSuspense: false })
  return (error) => {
    if (error instanceof ApiRefusal) {
      if (error.description) return error.description
      return isRefusalName(error.refusal) ? t(`refusals:${error.refusal}`) : t('error.title')
    }
    if (error instanceof NoAnswer) return t(`error.${error.reason}`)
    return t('error.title')
  }
}

/** Turns a field's error into its sentence, in the language shown. */
export function useFieldErrorText(): (error: FieldError) => string {
  const { t, i18n } = useTranslation(['fieldRules', 'refusals'], { useSuspense: false })
  return ({ rule, params }) => {
    if (i18n.exists(`fieldRules:${rule}`)) return t(rule as FieldRule, { ...params })
    // A field may also carry a refusal, such as a reseller that is no partner.
    return isRefusalName(rule) ? t(`refusals:${rule}`, { ...params }) : t('invalid')
  }
}
