import { Button, SearchBox } from '@fluentui/react-components'
import { ColumnTripleRegular } from '@fluentui/react-icons/svg/column-triple'
import { FilterRegular } from '@fluentui/react-icons/svg/filter'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { densities, useDensity } from '../../theme.ts'
import { ChoiceMenu } from '../actions.tsx'
import type { ColumnPicker } from './columns.ts'
import type { DataListProps } from './DataList.tsx'
import { useListStyles } from './styles.ts'

const typingPauseMs = 300

/** Search, filters, count, and which columns: what stands above a list. */
export function Toolbar<Row>({
  columns,
  search,
  onSearch,
  filters = [],
  filterControls,
  picker,
  countText,
  phone,
}: DataListProps<Row> & { picker: ColumnPicker; countText: string; phone: boolean }) {
  const styles = useListStyles()
  const { t } = useTranslation()
  const { density, choose } = useDensity()
  const [filtering, setFiltering] = useState(false)
  return (
    <div className={styles.toolbar} role="group" aria-label={t('list.filters')}>
      {onSearch && <ListSearch search={search ?? ''} onSearch={onSearch} />}
      {filterControls && !phone && <div className={styles.controls}>{filterControls}</div>}
      {filterControls && phone && (
        <Button icon={<FilterRegular />} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
          {t('list.filters')}
          {filters.length > 0 && ` (${filters.length})`}
        </Button>
      )}
      <span className={styles.push} />
      <span className={styles.count}>{countText}</span>
      {!phone && (
        <ChoiceMenu
          button={
            <Button appearance="subtle" icon={<ColumnTripleRegular />} aria-haspopup="menu">
              {t('list.columns')}
            </Button>
          }
          groups={[
            {
              name: 'columns',
              label: t('list.chooseColumns'),
              several: true,
              chosen: columns.filter((column) => picker.isShown(column.key)).map((column) => column.key),
              items: columns.slice(1).map((column) => ({ value: column.key, label: column.label })),
              onToggle: picker.toggle,
            },
            {
              name: 'density',
              label: t('density.label'),
              several: false,
              chosen: [density],
              items: densities.map((one) => ({ value: one, label: t(`density.${one}`) })),
              onToggle: (value) => choose(value === 'compact' ? 'compact' : 'comfortable'),
            },
          ]}
          last={[{ key: 'reset', label: t('list.resetColumns'), onPress: picker.reset }]}
        />
      )}
      {filterControls && phone && filtering && <div className={styles.sheet}>{filterControls}</div>}
    </div>
  )
}

function ListSearch({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const styles = useListStyles()
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  const asked = useRef(search)
  const latest = useRef(onSearch)
  useEffect(() => {
    latest.current = onSearch
  })
  // "Clear filters" and the back button change what is searched for from outside.
  useEffect(() => {
    if (search === asked.current) return
    asked.current = search
    setTyped(search)
  }, [search])
  useEffect(() => {
    if (typed === asked.current) return
    const timer = setTimeout(() => {
      asked.current = typed
      latest.current(typed)
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <SearchBox
      className={styles.search}
      value={typed}
      placeholder={t('list.search')}
      aria-label={t('list.search')}
      maxLength={200}
      dismiss={{ 'aria-label': t('list.clearSearch') }}
      onChange={(_, { value }) => setTyped(value)}
    />
  )
}
