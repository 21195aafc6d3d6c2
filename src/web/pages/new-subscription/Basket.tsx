import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useOfferTexts } from '../catalog/useOfferTexts.ts'
import { ResellerPicker } from '../subscriptions/ResellerPicker.tsx'
import { type BasketLine, optionKey, quantityProblem, roughTotal, unverified } from './order.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '16px' },
  line: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    paddingBottom: '16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', alignItems: 'flex-start', gap: '8px' },
  title: {
    flex: '1 1 auto',
    margin: 0,
    minWidth: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  control: { [media.phone]: { minHeight: '44px', '& select': { minHeight: '44px' } } },
  number: { maxWidth: '140px' },
  more: { display: 'flex', flexDirection: 'column', gap: '12px' },
  disclose: { alignSelf: 'flex-start', padding: '0 4px', minWidth: 0, marginLeft: '-4px' },
  empty: { margin: 0, color: tokens.colorNeutralForeground2 },
  total: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px', marginTop: '16px' },
  amount: {
    marginLeft: 'auto',
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  hint: { flexBasis: '100%', margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** The lines of the basket, edited in place, and about what their first periods cost together. */
export function Basket({
  lines,
  withReseller = true,
  onChange,
  onRemove,
}: {
  lines: readonly BasketLine[]
  /** Whether each line says who becomes reseller of record. */
  withReseller?: boolean
  onChange: (key: string, changes: Partial<BasketLine>) => void
  onRemove: (line: BasketLine) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const formats = useFormats()
  if (lines.length === 0) return <p className={styles.empty}>{t('basket.empty')}</p>
  const totals = lines.map(roughTotal)
  const currency = totals.find((total) => total)?.currency
  const known = currency !== undefined && totals.every((total) => total?.currency === currency)
  const sum = totals.reduce((all, total) => all + (total?.amount ?? 0), 0)
  return (
    <>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line.key} className={styles.line}>
            <Line
              line={line}
              withReseller={withReseller}
              onChange={(changes) => onChange(line.key, changes)}
              onRemove={() => onRemove(line)}
            />
          </li>
        ))}
      </ul>
      {known && (
        <div className={styles.total}>
          <span>{t('basket.total')}</span>
          <span className={styles.amount} data-test="basket-total">
            {formats.money(Math.round(sum * 100), currency)}
          </span>
          {withReseller && <p className={styles.hint}>{t('basket.totalHint')}</p>}
        </div>
      )}
    </>
  )
}

function Line({
  line,
  withReseller,
  onChange,
  onRemove,
}: {
  line: BasketLine
  withReseller: boolean
  onChange: (changes: Partial<BasketLine>) => void
  onRemove: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useOfferTexts()
  const moreId = useId()
  const [open, setOpen] = useState(line.friendlyName !== '' || line.reseller !== '')
  const shown = open || line.reseller === unverified
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.title}>{line.title}</h3>
        <Tooltip content={t('basket.removeNamed', { title: line.title })} relationship="label">
          <Button appearance="subtle" size="small" icon={<DismissRegular />} onClick={onRemove} />
        </Tooltip>
      </div>
      <Field label={t('basket.option')}>
        <Select className={styles.control} value={line.option} onChange={(_, { value }) => onChange({ option: value })}>
          {line.options.map((option) => {
            const [term, plan] = [texts.term(option.term), texts.plan(option.billingPlan)]
            return (
              <option key={optionKey(option)} value={optionKey(option)}>
                {option.unitRetail === undefined
                  ? t('basket.optionNoPrice', { term, plan })
                  : t('basket.optionText', { term, plan, price: texts.price(option.unitRetail, option) })}
              </option>
            )
          })}
        </Select>
      </Field>
      <Quantity line={line} onChange={onChange} />
      <Button
        className={styles.disclose}
        appearance="transparent"
        size="small"
        icon={shown ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={shown}
        aria-controls={moreId}
        onClick={() => setOpen(!open)}
      >
        {withReseller ? t('basket.details') : t('basket.friendlyName')}
      </Button>
      <div id={moreId} className={styles.more} hidden={!shown}>
        {shown && (
          <>
            {withReseller && (
              <ResellerPicker
                label={t('basket.reseller')}
                value={line.reseller}
                error={line.reseller === unverified ? t('basket.unverified') : undefined}
                onChange={(reseller) => onChange({ reseller })}
              />
            )}
            <Field label={t('basket.friendlyName')} hint={t('basket.friendlyHint')}>
              <Input
                className={styles.control}
                value={line.friendlyName}
                maxLength={100}
                onChange={(_, { value }) => onChange({ friendlyName: value })}
              />
            </Field>
          </>
        )}
      </div>
    </>
  )
}

function Quantity({ line, onChange }: { line: BasketLine; onChange: (changes: Partial<BasketLine>) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useOfferTexts()
  const { minQuantity: min, maxQuantity: max } = line
  const problem = quantityProblem(line)
  const fixed = min === max
  const hint =
    line.kind === 'usage'
      ? t('basket.quantityUsage')
      : fixed
        ? t('basket.quantityFixed', { count: min })
        : texts.quantity(line)
  return (
    <Field
      label={t('basket.quantity')}
      hint={hint}
      {...(problem
        ? {
            validationState: 'error' as const,
            validationMessage: problem === 'range' ? t('basket.range', { min, max }) : t('basket.wholeNumber'),
          }
        : {})}
    >
      <Input
        className={`${styles.control} ${styles.number}`}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        readOnly={fixed}
        value={line.quantity}
        onChange={(_, { value }) => onChange({ quantity: value })}
      />
    </Field>
  )
}
