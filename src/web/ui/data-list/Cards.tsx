import { Button, Checkbox, mergeClasses, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionMenu } from '../actions.tsx'
import { FactList } from '../FactList.tsx'
import type { ListParts } from './DataList.tsx'
import { useListStyles } from './styles.ts'
import { useRowWindow } from './useRowWindow.ts'

/** The rows as cards, for a phone: the first column is the heading, the next two stand below, the rest behind "Details". */
export function Cards<Row>(parts: ListParts<Row> & { label: string }) {
  const { list, rowKey, label } = parts
  const styles = useListStyles()
  const view = useRowWindow(list.rows.length, 150)
  return (
    <ul className={styles.cards} ref={view.listRef} aria-label={label}>
      {list.isLoading &&
        Array.from({ length: 4 }, (_, line) => (
          <li key={line} className={styles.cardItem}>
            <Skeleton className={styles.card} aria-hidden>
              <SkeletonItem size={16} style={{ width: '60%', marginBottom: '12px' }} />
              <SkeletonItem size={16} style={{ width: '80%', marginBottom: '12px' }} />
              <SkeletonItem size={16} style={{ width: '70%', marginBottom: '12px' }} />
            </Skeleton>
          </li>
        ))}
      {view.above > 0 && <li aria-hidden style={{ height: view.above }} />}
      {view.indexes.map((index) => {
        const row = list.rows[index]
        if (row === undefined) return null
        return (
          <li key={rowKey(row)} className={styles.cardItem} data-index={index} ref={view.measure}>
            <OneCard {...parts} row={row} />
          </li>
        )
      })}
      {view.below > 0 && <li aria-hidden style={{ height: view.below }} />}
    </ul>
  )
}

function OneCard<Row>(parts: ListParts<Row> & { row: Row }) {
  const { row, shown, rest, expandable, selection, rowActions, expand, rowKey, rowLabel } = parts
  const styles = useListStyles()
  const { t } = useTranslation()
  const detailsId = useId()
  const key = rowKey(row)
  const name = rowLabel(row)
  const open = parts.isOpen(key)
  const selected = selection?.selected.has(key) ?? false
  const [heading, ...facts] = shown
  return (
    <article className={mergeClasses(styles.card, selected && styles.cardSelected)} aria-label={name}>
      <div className={styles.cardHead}>
        {selection && (
          <Checkbox aria-label={t('list.selectRow', { name })} checked={selected} onChange={() => parts.select(key)} />
        )}
        <div className={styles.cardTitle}>{heading?.render(row)}</div>
        {rowActions && <ActionMenu label={t('list.rowActions', { name })} actions={rowActions(row)} />}
      </div>
      <dl className={styles.cardFacts}>
        {facts.map((column) => (
          <div key={column.key} className={styles.cardFact}>
            <dt className={styles.cardLabel}>{column.label}</dt>
            <dd className={styles.cardValue}>{column.render(row)}</dd>
          </div>
        ))}
      </dl>
      {expandable && (
        <Button
          className={styles.disclose}
          appearance="transparent"
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          {...(open ? { 'aria-controls': detailsId } : {})}
          aria-label={`${t('list.details')}: ${name}`}
          onClick={() => parts.toggle(key)}
        >
          {t('list.details')}
        </Button>
      )}
      {open && (
        <div id={detailsId} className={styles.cardMore}>
          {rest.length > 0 && (
            <FactList lines facts={rest.map((column) => ({ label: column.label, value: column.render(row) }))} />
          )}
          {expand?.(row)}
        </div>
      )}
    </article>
  )
}
