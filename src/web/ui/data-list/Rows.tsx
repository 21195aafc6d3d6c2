import { Button, Checkbox, mergeClasses, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionMenu } from '../actions.tsx'
import { FactList } from '../FactList.tsx'
import { widthShare } from './columns.ts'
import type { Column } from './columns.ts'
import type { ListParts } from './DataList.tsx'
import { useListStyles } from './styles.ts'
import { useRowWindow } from './useRowWindow.ts'

const skeletonRows = 8

/** The rows as a table. */
export function Rows<Row>(parts: ListParts<Row> & { label: string }) {
  const { label, list, shown, expandable, selection, rowActions, rowKey } = parts
  const styles = useListStyles()
  const { t } = useTranslation()
  const { rows } = list
  const view = useRowWindow(rows.length, parts.compact ? 37 : 45)
  const width = shown.length + (expandable ? 1 : 0) + (selection ? 1 : 0) + (rowActions ? 1 : 0)
  const all = rows.length > 0 && selection !== undefined && rows.every((row) => selection.selected.has(rowKey(row)))
  const some = selection !== undefined && !all && selection.selected.size > 0
  return (
    <table className={styles.table} aria-label={label} aria-rowcount={list.hasMore ? -1 : rows.length + 1}>
      <colgroup>
        {expandable && <col style={{ width: '44px' }} />}
        {selection && <col style={{ width: '44px' }} />}
        {shown.map((column) => (
          <col key={column.key} style={{ width: widthShare(column, shown) }} />
        ))}
        {rowActions && <col style={{ width: '52px' }} />}
      </colgroup>
      <thead ref={view.listRef}>
        <tr>
          {expandable && (
            <th className={mergeClasses(styles.head, styles.narrow)}>
              <span className="visually-hidden">{t('list.details')}</span>
            </th>
          )}
          {selection && (
            <th className={mergeClasses(styles.head, styles.narrow)}>
              <Checkbox
                aria-label={t('list.selectAll')}
                checked={some ? 'mixed' : all}
                onChange={() => selection.onChange(all ? new Set() : new Set(rows.map(rowKey)))}
              />
            </th>
          )}
          {shown.map((column) => (
            <ColumnHead key={column.key} column={column} sort={parts.sort} onSort={parts.onSort} />
          ))}
          {rowActions && (
            <th className={mergeClasses(styles.head, styles.narrow)}>
              <span className="visually-hidden">{t('field.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      {list.isLoading && <SkeletonRows {...parts} width={width} />}
      {view.above > 0 && <Spacer height={view.above} width={width} />}
      {view.indexes.map((index) => {
        const row = rows[index]
        if (row === undefined) return null
        return (
          <tbody key={rowKey(row)} data-index={index} ref={view.measure}>
            <OneRow {...parts} row={row} index={index} width={width} />
          </tbody>
        )
      })}
      {view.below > 0 && <Spacer height={view.below} width={width} />}
    </table>
  )
}

function Spacer({ height, width }: { height: number; width: number }) {
  const styles = useListStyles()
  return (
    <tbody aria-hidden>
      <tr>
        <td className={styles.spacer} style={{ height }} colSpan={width} />
      </tr>
    </tbody>
  )
}

function ColumnHead<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}) {
  const styles = useListStyles()
  const className = mergeClasses(styles.head, column.align === 'end' && styles.end)
  const { sortBy } = column
  if (!sortBy || !onSort) {
    return (
      <th scope="col" className={className}>
        {column.label}
      </th>
    )
  }
  const up = sort === sortBy
  const down = sort === `-${sortBy}`
  return (
    <th scope="col" className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button type="button" className={styles.sort} onClick={() => onSort(up ? `-${sortBy}` : sortBy)}>
        {column.label}
        {up && <ArrowUpRegular aria-hidden />}
        {down && <ArrowDownRegular aria-hidden />}
      </button>
    </th>
  )
}

function OneRow<Row>(parts: ListParts<Row> & { row: Row; index: number; width: number }) {
  const { row, index, width, shown, rest, expandable, selection, rowActions, expand, rowKey, rowLabel } = parts
  const styles = useListStyles()
  const { t } = useTranslation()
  const detailsId = useId()
  const key = rowKey(row)
  const name = rowLabel(row)
  const open = parts.isOpen(key)
  const selected = selection?.selected.has(key) ?? false
  const cell = mergeClasses(styles.cell, open && styles.cellOpen)
  return (
    <>
      <tr
        className={mergeClasses(styles.row, parts.compact && styles.rowCompact, selected && styles.rowSelected)}
        aria-rowindex={index + 2}
        {...(selection ? { 'aria-selected': selected } : {})}
      >
        {expandable && (
          <td className={mergeClasses(cell, styles.narrow)}>
            <Button
              appearance="subtle"
              size="small"
              icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
              aria-expanded={open}
              {...(open ? { 'aria-controls': detailsId } : {})}
              aria-label={t(open ? 'list.collapseRow' : 'list.expandRow', { name })}
              onClick={() => parts.toggle(key)}
            />
          </td>
        )}
        {selection && (
          <td className={mergeClasses(cell, styles.narrow)}>
            <Checkbox
              aria-label={t('list.selectRow', { name })}
              checked={selected}
              onChange={() => parts.select(key)}
            />
          </td>
        )}
        {shown.map((column) => (
          <td key={column.key} className={mergeClasses(cell, column.align === 'end' && styles.end)}>
            {column.render(row)}
          </td>
        ))}
        {rowActions && (
          <td className={mergeClasses(cell, styles.narrow)}>
            <ActionMenu label={t('list.rowActions', { name })} actions={rowActions(row)} />
          </td>
        )}
      </tr>
      {open && (
        <tr id={detailsId}>
          <td className={styles.more} colSpan={width}>
            <div className={styles.moreBody}>
              {rest.length > 0 && (
                <FactList facts={rest.map((column) => ({ label: column.label, value: column.render(row) }))} />
              )}
              {expand?.(row)}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function SkeletonRows<Row>({ shown, expandable, selection, rowActions, compact }: ListParts<Row> & { width: number }) {
  const styles = useListStyles()
  const { t } = useTranslation()
  const blank = <td className={styles.cell} />
  return (
    <tbody aria-label={t('loading')}>
      {Array.from({ length: skeletonRows }, (_, line) => (
        <tr key={line} className={mergeClasses(styles.row, compact && styles.rowCompact)}>
          {expandable && blank}
          {selection && blank}
          {shown.map((column, position) => (
            <td key={column.key} className={styles.cell}>
              <Skeleton aria-hidden>
                <SkeletonItem size={16} style={{ width: `${90 - (((line + position) * 17) % 40)}%` }} />
              </Skeleton>
            </td>
          ))}
          {rowActions && blank}
        </tr>
      ))}
    </tbody>
  )
}
