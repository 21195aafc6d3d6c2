import { Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auditActions } from '../../../features/audit/actions.ts'
import type { AuditAction } from '../../../features/audit/actions.ts'
import { SearchResults } from '../../../features/overview/wire.ts'
import { useRead } from '../../query.ts'
import { useFormats } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'
import { aMonthAgo } from './period.ts'

const useStyles = makeStyles({
  date: { width: '156px', [media.phone]: { width: '100%' } },
  text: { width: '200px', [media.phone]: { width: '100%' } },
  narrow: { minWidth: 0, width: '100%' },
})

interface Chosen {
  readonly from: string
  readonly to: string
  readonly customer: string
  readonly action: '' | AuditAction
  readonly user: string
}

/** Period, customer, action and person. */
export function ActivityFilters({
  chosen,
  onChoose,
  withCustomer,
}: {
  chosen: Chosen
  onChoose: (changes: Partial<Chosen>) => void
  withCustomer: boolean
}) {
  const styles = useStyles()
  const { t, i18n } = useTranslation('activity')
  const { compare } = useFormats()
  const actions = auditActions
    .map((action) => ({ action, label: t(`action.${action}`) }))
    .toSorted((one, other) => compare(one.label, other.label))
  return (
    <>
      <Field label={t('filter.from')} className={styles.date}>
        <Input
          className={styles.narrow}
          type="date"
          value={chosen.from === '' ? aMonthAgo() : chosen.from}
          onChange={(_, { value }) => onChoose({ from: value === aMonthAgo() ? '' : value })}
        />
      </Field>
      <Field label={t('filter.to')} className={styles.date}>
        <Input
          className={styles.narrow}
          type="date"
          value={chosen.to}
          onChange={(_, { value }) => onChoose({ to: value })}
        />
      </Field>
      {withCustomer && (
        <CustomerFilter
          key={chosen.customer}
          chosen={chosen.customer}
          onChoose={(customer) => onChoose({ customer })}
        />
      )}
      <Field label={t('filter.action')} className={styles.text}>
        <Select
          key={i18n.language}
          className={styles.narrow}
          value={chosen.action}
          onChange={(_, { value }) => onChoose({ action: auditActions.find((one) => one === value) ?? '' })}
        >
          <option value="">{t('filter.allActions')}</option>
          {actions.map(({ action, label }) => (
            <option key={action} value={action}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <UserFilter key={`user ${chosen.user}`} chosen={chosen.user} onChoose={(user) => onChoose({ user })} />
    </>
  )
}

const typingPauseMs = 300

/** What was typed, once typing pauses. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text.trim()), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

/** Finds a customer as the search of the top bar does; choosing a suggestion filters. */
function CustomerFilter({ chosen, onChoose }: { chosen: string; onChoose: (customerId: string) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('activity')
  const listId = useId()
  const [typed, setTyped] = useState('')
  const asked = usePaused(typed)
  const { data } = useRead(
    '/portal/v1/search',
    SearchResults,
    { q: asked },
    { enabled: asked.length >= 2 && chosen === '' },
  )
  const found = data?.groups.find(({ group }) => group === 'customers')?.items ?? []
  const choose = (text: string) => {
    setTyped(text)
    const hit = found.find(({ name }) => name === text)
    if (hit) onChoose(hit.id)
  }
  return (
    <Field label={t('filter.customer')} className={styles.text}>
      <Input
        className={styles.narrow}
        type="search"
        list={listId}
        maxLength={100}
        placeholder={t('filter.customerPlaceholder')}
        value={typed}
        onChange={(_, { value }) => choose(value)}
        input={{ autoComplete: 'off' }}
      />
      <datalist id={listId}>
        {found.map(({ id, name, detail }) => (
          <option key={id} value={name}>
            {detail}
          </option>
        ))}
      </datalist>
    </Field>
  )
}

/** A part of the name of whoever did it; counts when the field is left, or on Enter. */
function UserFilter({ chosen, onChoose }: { chosen: string; onChoose: (user: string) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('activity')
  const [typed, setTyped] = useState(chosen)
  const settle = () => {
    if (typed.trim() !== chosen) onChoose(typed.trim())
  }
  return (
    <Field label={t('filter.user')} className={styles.text}>
      <Input
        className={styles.narrow}
        type="search"
        maxLength={100}
        placeholder={t('filter.userPlaceholder')}
        value={typed}
        onChange={(_, { value }) => setTyped(value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
        }}
      />
    </Field>
  )
}
