import { makeStyles, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { NumberText } from '../../ui/formats.tsx'
import { usePhone } from '../../ui/screen.ts'
import type { ImportProblem } from './catalog.ts'

const useStyles = makeStyles({
  value: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  muted: { color: tokens.colorNeutralForeground3 },
})

type Row = ImportProblem & { readonly place: number }

/** The bad lines of a file: where, what stands there, and what should. */
export function ProblemTable({ problems }: { problems: readonly ImportProblem[] }) {
  const styles = useStyles()
  const { t, i18n } = useTranslation('catalog')
  const phone = usePhone()
  const list = useMemo(() => wholeList(problems.map((problem, place): Row => ({ ...problem, place }))), [problems])
  const columns = useMemo((): readonly Column<Row>[] => {
    const whole = t('imports.problem.wholeLine')
    const reason: Column<Row> = {
      key: 'reason',
      label: t('imports.problem.reason'),
      width: 380,
      render: ({ reason: name, params }) => t(`problems.${name as 'required'}`, params),
    }
    const value: Column<Row> = {
      key: 'value',
      label: t('imports.problem.value'),
      width: 200,
      render: (row) =>
        row.value ? (
          <span className={styles.value}>{row.value}</span>
        ) : (
          <span className={styles.muted}>{row.column ? t('imports.problem.emptyValue') : '–'}</span>
        ),
    }
    if (phone) {
      // A card has room for three: where, what stands there, and what should.
      const place = (row: Row) => t('imports.problem.place', { line: row.line, column: row.column || whole })
      return [{ key: 'line', label: t('imports.problem.line'), render: place }, value, reason]
    }
    return [
      { key: 'line', label: t('imports.problem.line'), width: 90, render: (row) => <NumberText value={row.line} /> },
      {
        key: 'column',
        label: t('imports.problem.column'),
        width: 180,
        render: (row) => row.column || <span className={styles.muted}>{whole}</span>,
      },
      value,
      reason,
    ]
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, styles, phone, i18n.language])
  return (
    <DataList
      name="import-problems"
      label={t('imports.problem.list')}
      list={list}
      columns={columns}
      rowKey={({ place }) => String(place)}
      rowLabel={({ line }) => `${t('imports.problem.line')} ${line}`}
      empty={null}
    />
  )
}
