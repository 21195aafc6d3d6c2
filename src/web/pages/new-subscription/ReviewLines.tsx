import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../ui/FactList.tsx'
import { DateText, InstantText, Money, NumberText, UnitPrice, useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { usePhone } from '../../ui/screen.ts'
import { useOfferTexts } from '../catalog/useOfferTexts.ts'
import type { ReviewedLine } from './order.ts'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' },
  head: {
    textAlign: 'start',
    verticalAlign: 'bottom',
    padding: '4px 16px 8px 0',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  cell: { padding: '12px 16px 12px 0', verticalAlign: 'top', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  end: { textAlign: 'end' },
  last: { paddingRight: 0 },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  sub: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  changed: { color: tokens.colorStatusWarningForeground3, fontWeight: tokens.fontWeightSemibold },
  problems: { margin: 0, paddingLeft: '20px' },
  cards: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  card: {
    paddingBottom: '12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
})

/** Unit prices that were shown when the lines were chosen, by the position of the line; where one differs, both are shown. */
export type FormerPrices = readonly (string | undefined)[]

/** The lines of an order as they would be stored: a table, or cards on a phone. */
export function ReviewLines({
  lines,
  currency,
  former,
}: {
  lines: readonly ReviewedLine[]
  currency: string
  former: FormerPrices
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const phone = usePhone()
  const cells = useCells(currency)
  const seesCost = lines.some((line) => line.unitCost !== null)
  if (phone) {
    return (
      <ul className={styles.cards}>
        {lines.map((line, index) => (
          <li key={index} className={styles.card} aria-label={line.title || t('line.number', { number: index + 1 })}>
            {cells.offer(line)}
            <FactList
              lines
              facts={[
                { label: t('line.licenses'), value: <NumberText value={line.quantity} /> },
                { label: t('line.term'), value: cells.term(line) },
                { label: t('line.reseller'), value: cells.reseller(line) },
                { label: t('line.unitPrice'), value: cells.unitPrice(line, former[index]) },
                ...(seesCost ? [{ label: t('line.unitCost'), value: cells.unitCost(line) }] : []),
                { label: t('line.firstCharge'), value: cells.charge(line) },
                { label: t('line.cancelUntil'), value: <InstantText at={line.cancelUntil} /> },
              ]}
            />
            <Problems line={line} />
          </li>
        ))}
      </ul>
    )
  }
  const heads: readonly { readonly label: string; readonly end?: boolean }[] = [
    { label: t('line.offer') },
    { label: t('line.licenses'), end: true },
    { label: t('line.term') },
    { label: t('line.reseller') },
    { label: t('line.cancelUntil') },
    ...(seesCost ? [{ label: t('line.unitCost'), end: true }] : []),
    { label: t('line.unitPrice'), end: true },
    { label: t('line.firstCharge'), end: true },
  ]
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {heads.map(({ label, end }, at) => (
            <th
              key={label}
              className={mergeClasses(styles.head, end && styles.end, at === heads.length - 1 && styles.last)}
              scope="col"
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={index}>
            <td className={styles.cell}>
              {cells.offer(line)}
              <Problems line={line} />
            </td>
            <td className={mergeClasses(styles.cell, styles.end)}>
              <NumberText value={line.quantity} />
            </td>
            <td className={styles.cell}>{cells.term(line)}</td>
            <td className={styles.cell}>{cells.reseller(line)}</td>
            <td className={styles.cell}>
              <InstantText at={line.cancelUntil} />
            </td>
            {seesCost && <td className={mergeClasses(styles.cell, styles.end)}>{cells.unitCost(line)}</td>}
            <td className={mergeClasses(styles.cell, styles.end)}>{cells.unitPrice(line, former[index])}</td>
            <td className={mergeClasses(styles.cell, styles.end, styles.last)}>{cells.charge(line)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether a line's unit price is another than the one it was chosen at. */
export function hasChanged(line: ReviewedLine, former: string | undefined): boolean {
  return former !== undefined && line.unitRetail !== null && Number(former) !== Number(line.unitRetail)
}

function useCells(currency: string) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useOfferTexts()
  const formats = useFormats()
  const price = (value: string | null): ReactNode =>
    value === null || currency === '' ? '–' : <UnitPrice price={value} currency={currency} />
  return {
    offer: (line: ReviewedLine) => (
      <>
        <div className={styles.title}>{line.title || `${line.productId}/${line.skuId}`}</div>
        {line.friendlyName && <div className={styles.sub}>{line.friendlyName}</div>}
        {line.kind && <div className={styles.sub}>{texts.kind(line.kind)}</div>}
      </>
    ),
    term: (line: ReviewedLine) => (
      <>
        {texts.term(line.term)}, {texts.plan(line.billingPlan)}
        <div className={styles.sub}>
          {line.endOn === null ? (
            t('line.noEnd')
          ) : (
            <>
              {t('line.ends')} <DateText day={line.endOn} />
            </>
          )}
        </div>
      </>
    ),
    reseller: (line: ReviewedLine) =>
      line.reseller ? (
        <>
          {line.reseller.name}
          <div className={styles.sub}>{line.reseller.partnerId}</div>
          <div className={styles.sub}>
            {t('line.incentive')}: {line.incentive === 'eligible' ? t('line.incentiveYes') : t('line.incentiveNot')}
          </div>
        </>
      ) : (
        t('reseller.none')
      ),
    unitCost: (line: ReviewedLine) => price(line.unitCost),
    unitPrice: (line: ReviewedLine, former: string | undefined) =>
      hasChanged(line, former) ? (
        <span className={styles.changed}>
          {price(line.unitRetail)}
          <div className={styles.sub}>
            {t('review.priceWas', { price: formats.unitPrice(former ?? '0', currency) })}
          </div>
        </span>
      ) : (
        price(line.unitRetail)
      ),
    charge: (line: ReviewedLine) =>
      line.firstCharge === null || currency === '' ? (
        t('line.noCharge')
      ) : (
        <>
          <Money minor={line.totalRetail} currency={currency} />
          <div className={styles.sub}>
            <DateText day={line.firstCharge.start} /> – <DateText day={line.firstCharge.end} />
          </div>
        </>
      ),
  }
}

function Problems({ line }: { line: ReviewedLine }) {
  const styles = useStyles()
  const texts = useOfferTexts()
  if (line.problems.length === 0) return null
  const sentence = ({ detail, params, text }: ReviewedLine['problems'][number]) =>
    detail === null ? text : texts.unavailable({ reason: detail as never, params })
  return (
    <Notice tone="error">
      {line.problems.length === 1 ? (
        line.problems.map(sentence)
      ) : (
        <ul className={styles.problems}>
          {line.problems.map((problem) => (
            <li key={problem.reason}>{sentence(problem)}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
