import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { foldDomainPrefix, initialDomainSuffix, isDomainPrefix } from '../../../features/customers/rules.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { TextField } from '../../ui/fields.tsx'
import type { Form } from '../../ui/form.ts'
import type { NewCustomerValues } from './new-customer.ts'

const Answer = z.object({ available: z.boolean(), name: z.string(), reason: z.nullable(z.string()) })

const useStyles = makeStyles({
  free: { display: 'inline-flex', alignItems: 'center', gap: '4px', color: tokens.colorStatusSuccessForeground1 },
  taken: { color: tokens.colorStatusDangerForeground1 },
})

const typingPauseMs = 400

/** The customer's first domain, with the answer to whether it is free while one types. The submit decides. */
export function DomainField({ form, label }: { form: Form<NewCustomerValues>; label: string }) {
  const { t } = useTranslation('customers')
  const prefix = foldDomainPrefix(form.values.domainPrefix)
  const [asked, setAsked] = useState(prefix)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(prefix), typingPauseMs)
    return () => clearTimeout(timer)
  }, [prefix])
  const askable = isDomainPrefix(asked)
  const { data } = useRead(`/portal/v1/domains/${asked}`, Answer, undefined, { enabled: askable })
  const answer = askable && asked === prefix ? data : undefined
  return (
    <TextField
      form={form}
      name="domainPrefix"
      label={label}
      required
      maxLength={27}
      autoCapitalize="none"
      spellCheck={false}
      autoComplete="off"
      contentAfter={`.${initialDomainSuffix}`}
      hint={
        <span aria-live="polite">
          {answer ? (
            <Availability answer={answer} />
          ) : askable && prefix !== '' ? (
            t('form.domainChecking')
          ) : (
            t('form.domainHint')
          )}
        </span>
      }
    />
  )
}

function Availability({ answer }: { answer: z.infer<typeof Answer> }) {
  const styles = useStyles()
  const { t } = useTranslation('customers')
  if (answer.available) {
    return (
      <span className={styles.free}>
        <CheckmarkCircleFilled aria-hidden />
        {t('form.domainFree', { name: answer.name })}
      </span>
    )
  }
  return (
    <>
      <span className={styles.taken}>{t('form.domainTaken', { name: answer.name })}</span>{' '}
      <AppLink inline href={links.relationshipRequest()}>
        {t('form.domainTakenHelp')}
      </AppLink>
    </>
  )
}
