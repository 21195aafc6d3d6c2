import {
  Button,
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  mergeClasses,
} from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PagedList } from '../../query.ts'
import { useDensity } from '../../theme.ts'
import { ActionButton } from '../actions.tsx'
import type { Action } from '../actions.tsx'
import { announce } from '../announce.ts'
import { EmptyState } from '../EmptyState.tsx'
import { ErrorBar, ErrorState } from '../ErrorState.tsx'
import { usePhone } from '../screen.ts'
import { Cards } from './Cards.tsx'
import { fitColumns, useChosenColumns, useWidth } from './columns.ts'
import type { Column } from './columns.ts'
import { Rows } from './Rows.tsx'
import { useListStyles } from './styles.ts'
import { Toolbar } from './Toolbar.tsx'
import { useNearEnd } from './useRowWindow.ts'

export type { Column } from './columns.ts'

/** Something that narrows the list, shown above it: what it is ("Reseller: Yıldız Bilişim"), and how to remove it. */
export interface FilterChip {
  readonly key: string
  readonly label: string
  readonly onRemove: () => void
}

export interface DataListProps<Row> {
  /** What is listed, for the table's name and for remembering the chosen columns. */
  readonly name: string
  readonly label: string
  /** From `usePagedList`. */
  readonly list: PagedList<Row>
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** The row's name in the labels of its buttons. */
  readonly rowLabel: (row: Row) => string
  /** `name` or `-name`, from the address; together with `onSort`. */
  readonly sort?: string
  readonly onSort?: (sort: string) => void
  /** Text searched for, from the address; `onSearch` is called when typing pauses. */
  readonly search?: string
  readonly onSearch?: (search: string) => void
  readonly filters?: readonly FilterChip[]
  readonly onClearFilters?: () => void
  /** Controls that set filters; on a phone behind a button. */
  readonly filterControls?: ReactNode
  /** Actions of a row, for its menu. */
  readonly rowActions?: (row: Row) => readonly Action[]
  /** What a row shows when it is expanded, below the columns that did not fit. */
  readonly expand?: (row: Row) => ReactNode
  readonly selection?: {
    readonly selected: ReadonlySet<string>
    readonly onChange: (selected: ReadonlySet<string>) => void
  }
  /** Actions on the selected rows. */
  readonly bulkActions?: readonly Action[]
  /** What stands here while nothing exists: an `EmptyState` with the action that ends it. */
  readonly empty: ReactNode
}

/**
 * The list of the portal: a table with sticky header, sorting, search, filter chips, column picker, expandable rows, row menus
 * and selection; cards on a phone. Rows come a page at a time while one scrolls. All states are in here: loading, empty, empty
 * by filter, error with Retry.
 */
export function DataList<Row>(props: DataListProps<Row>) {
  const { name, label, list, columns, filters = [], search = '', selection, bulkActions = [], empty } = props
  const styles = useListStyles()
  const { t } = useTranslation()
  const phone = usePhone()
  const { density } = useDensity()
  const { ref, width } = useWidth()
  const picker = useChosenColumns(name, columns)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const end = useNearEnd(list.hasMore && !list.isLoadingMore && list.error === null, list.loadMore)

  const taken = 44 + (selection ? 44 : 0) + (props.rowActions ? 52 : 0)
  const fitted = phone
    ? { shown: picker.chosen.slice(0, 3), rest: picker.chosen.slice(3) }
    : fitColumns(picker.chosen, width - taken)
  const expandable = props.expand !== undefined || fitted.rest.length > 0
  const { rows } = list
  const filtered = filters.length > 0 || search !== ''
  const count = list.total ?? rows.length
  const countText =
    list.isLoading || (list.error && rows.length === 0)
      ? ''
      : list.total === undefined && list.hasMore
        ? t('list.countMore', { count: rows.length })
        : t('list.count', { count })

  useEffect(() => {
    if (filtered && countText && !list.isRefreshing) announce(countText)
  }, [filtered, countText, list.isRefreshing])

  const parts = {
    ...props,
    ...fitted,
    expandable,
    compact: density === 'compact',
    isOpen: (key: string) => open.has(key),
    toggle: (key: string) => setOpen(toggled(open, key)),
    select: (key: string) => selection?.onChange(toggled(selection.selected, key)),
  }
  const nothing = !list.isLoading && rows.length === 0
  return (
    <div className={styles.root} ref={ref}>
      <Toolbar {...props} picker={picker} countText={countText} phone={phone} />
      {filters.length > 0 && (
        <ul className={styles.chips} aria-label={t('list.activeFilters')}>
          {filters.map((filter) => (
            <li key={filter.key} className={styles.chip}>
              <InteractionTag size="small" shape="rounded" appearance="brand">
                <InteractionTagPrimary hasSecondaryAction tabIndex={-1} as="button" onClick={filter.onRemove}>
                  {filter.label}
                </InteractionTagPrimary>
                <InteractionTagSecondary
                  aria-label={t('list.removeFilter', { name: filter.label })}
                  onClick={filter.onRemove}
                />
              </InteractionTag>
            </li>
          ))}
          {props.onClearFilters && (
            <li>
              <Button appearance="transparent" size="small" onClick={props.onClearFilters}>
                {t('action.clearFilters')}
              </Button>
            </li>
          )}
        </ul>
      )}
      {selection && selection.selected.size > 0 && (
        <div className={styles.selection} role="group" aria-label={t('field.actions')}>
          <strong>{t('list.selected', { count: selection.selected.size })}</strong>
          {bulkActions.map((action) => (
            <ActionButton key={action.key} action={action} appearance="subtle" size="small" />
          ))}
          <span className={styles.push} />
          <Button appearance="transparent" size="small" onClick={() => selection.onChange(new Set())}>
            {t('list.clearSelection')}
          </Button>
        </div>
      )}
      <div
        className={mergeClasses(styles.frame, list.isRefreshing && styles.refreshing)}
        aria-busy={list.isLoading || list.isRefreshing}
      >
        {list.error && rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={list.retry} />
        ) : nothing && filtered ? (
          <EmptyState
            picture="search"
            title={t('list.emptyByFilter')}
            actions={props.onClearFilters && <Button onClick={props.onClearFilters}>{t('action.clearFilters')}</Button>}
          />
        ) : nothing ? (
          empty
        ) : phone ? (
          <Cards {...parts} />
        ) : (
          <Rows {...parts} label={label} />
        )}
      </div>
      {list.error && rows.length > 0 && <ErrorBar error={list.error} onRetry={list.loadMore} />}
      <div ref={end}>
        {list.hasMore && (
          <div className={styles.foot}>
            <Button
              appearance="subtle"
              disabledFocusable={list.isLoadingMore}
              onClick={list.isLoadingMore ? undefined : list.loadMore}
            >
              {list.isLoadingMore ? t('list.loadingMore') : t('list.more')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

/** What `Rows` and `Cards` draw. */
export interface ListParts<Row> extends DataListProps<Row> {
  readonly shown: readonly Column<Row>[]
  readonly rest: readonly Column<Row>[]
  readonly expandable: boolean
  readonly compact: boolean
  readonly isOpen: (key: string) => boolean
  readonly toggle: (key: string) => void
  readonly select: (key: string) => void
}
