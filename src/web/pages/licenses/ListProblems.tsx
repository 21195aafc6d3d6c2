import { makeStyles, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { useFieldErrorText } from '../../ui/errors.ts'
import { NumberText } from '../../ui/formats.tsx'
import { usePhone } from '../../ui/screen.ts'
import type { CheckedUpload } from './people.ts'

const useStyles = makeStyles({
  value: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

type Row = CheckedUpload['problems'][number] & { readonly place: number }

/** What is wrong in a list of users: in which row and column, what stands there, and what should. */
export function ListProblems({ problems }: { problems: CheckedUpload['problems'] }) {
  const styles = useStyles()
  const { t, i18n } = useTranslation('licenses')
  const text = useFieldErrorText()
  const phone = usePhone()
  const list = useMemo(() => wholeList(problems.map((problem, place): Row => ({ ...problem, place }))), [problems])
  const columns = useMemo((): readonly Column<Row>[] => {
    const line: Column<Row> = {
      key: 'line',
      label: t('uploading.line'),
      width: 80,
      render: (row) => (phone ? `${t('uploading.line')} ${row.line} · ${row.column}` : <NumberText value={row.line} />),
    }
    const reason: Column<Row> = { key: 'reason', label: t('uploading.reason'), width: 380, render: (row) => text(row) }
    const value: Column<Row> = {
      key: 'value',
      label: t('uploading.value'),
      width: 220,
      render: (row) => <span className={styles.value}>{row.value}</span>,
    }
    const column: Column<Row> = {
      key: 'column',
      label: t('uploading.columnName'),
      width: 150,
      render: (row) => row.column || t('uploading.wholeRow'),
    }
    return phone ? [line, reason, value] : [line, column, value, reason]
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, phone, styles.value, i18n.language, text])
  return (
    <DataList
      name="list-problems"
      label={t('uploading.problems')}
      list={list}
      columns={columns}
      rowKey={(row) => String(row.place)}
      rowLabel={(row) => `${t('uploading.line')} ${row.line}`}
      empty={<></>}
    />
  )
}
