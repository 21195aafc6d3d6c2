import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { CustomerRow, customersPath } from '../customers/customer.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '12px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  choice: { width: '100%', justifyContent: 'flex-start', textAlign: 'left', minHeight: '44px' },
  domain: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
})

/** Finds the customer a partner files for. */
export function ChooseCustomer({ onChoose }: { onChoose: (customerId: string) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const list = usePagedList(customersPath, CustomerRow, { search, size: 10 })
  return (
    <Section title={t('form.chooseCustomer')}>
      <Field label={t('form.searchCustomer')} hint={t('form.searchHint')}>
        <Input type="search" maxLength={100} value={text} onChange={(_, { value }) => setText(value)} />
      </Field>
      {list.error ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.isLoading ? (
        <BlockSkeleton lines={6} />
      ) : list.rows.length === 0 ? (
        <p>{t('form.noCustomer')}</p>
      ) : (
        <ul className={styles.list}>
          {list.rows.map(({ id, name, primaryDomain }) => (
            <li key={id}>
              <Button className={styles.choice} onClick={() => onChoose(id)}>
                <span>
                  {name}
                  <span className={styles.domain}>{primaryDomain}</span>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
