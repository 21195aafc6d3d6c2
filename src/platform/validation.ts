import type { z } from 'zod'
import { type FieldRefusal, Refusal } from '../kernel/errors.ts'

type Issue = z.core.$ZodIssue

/**
 * Turns what zod found into the refusal of an input: for each field its path, a rule that `fieldRules.json` has a sentence
 * for, and the rule's bounds. At most 50 fields are named.
 */
export function refusalOfInput(error: z.ZodError): Refusal {
  return new Refusal('invalidRequest', { fields: error.issues.slice(0, 50).flatMap(fieldsOf) })
}

function fieldsOf(issue: Issue): FieldRefusal[] {
  const field = issue.path.join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, 10).map((key) => ({ field: field ? `${field}.${key}` : key, rule: 'unknownField' }))
    case 'invalid_type':
      return [
        {
          field,
          rule: issue.input === undefined || issue.input === null ? 'required' : 'wrongType',
          params: { expected: issue.expected },
        },
      ]
    case 'too_small':
      if (issue.origin === 'string') {
        return [
          Number(issue.minimum) <= 1
            ? { field, rule: 'required' }
            : { field, rule: 'tooShort', params: { min: Number(issue.minimum) } },
        ]
      }
      if (issue.origin === 'array') return [{ field, rule: 'tooFew', params: { min: Number(issue.minimum) } }]
      return [{ field, rule: 'tooLow', params: { min: Number(issue.minimum) } }]
    case 'too_big':
      if (issue.origin === 'string') return [{ field, rule: 'tooLong', params: { max: Number(issue.maximum) } }]
      if (issue.origin === 'array') return [{ field, rule: 'tooMany', params: { max: Number(issue.maximum) } }]
      return [{ field, rule: 'tooHigh', params: { max: Number(issue.maximum) } }]
    case 'invalid_value':
      return [{ field, rule: 'notOneOf', params: { values: issue.values.map(String).join(', ') } }]
    case 'invalid_format':
      return [{ field, rule: formatRules[issue.format] ?? 'wrongFormat' }]
    case 'custom':
      return [{ field, rule: typeof issue.params?.['rule'] === 'string' ? issue.params['rule'] : 'wrongFormat' }]
    default:
      return [{ field, rule: 'wrongFormat' }]
  }
}

const formatRules: Readonly<Record<string, string>> = {
  email: 'email',
  uuid: 'id',
  guid: 'id',
  date: 'date',
  datetime: 'instant',
  url: 'url',
}
