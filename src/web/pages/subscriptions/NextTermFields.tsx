import { Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { lineTotal, parseMicros } from '../../../kernel/money.ts'
import { type Fact, FactList } from '../../ui/FactList.tsx'
import { Money, useFormats } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'
import type { NextTerms, SubscriptionDetail } from './subscription.ts'

/** What is wanted of the next term, as it stands in the fields. */
export interface Wanted {
  /** `product/sku` */
  readonly product: string
  readonly quantity: string
  readonly term: string
  readonly plan: string
  /** Empty for the whole term. */
  readonly endOn: string
}

type Product = NextTerms['products'][number]
type Option = Product['options'][number]

/** What the fields stand for: a product and a price it has; undefined parts are not offered. */
export function chosenOf(terms: NextTerms, wanted: Wanted) {
  const product = terms.products.find(({ productId, skuId }) => `${productId}/${skuId}` === wanted.product)
  const option = product?.options.find(({ term, billingPlan }) => term === wanted.term && billingPlan === wanted.plan)
  const quantity = /^\d{1,8}$/.test(wanted.quantity.trim()) ? Number(wanted.quantity) : undefined
  const length = terms.terms.find(({ term }) => term === wanted.term)
  return { product, option, quantity, length }
}

/** Fields that fit each other: what the product is not sold with falls back to what it is sold with. */
export function fitting(terms: NextTerms, wanted: Wanted): Wanted {
  const product =
    terms.products.find(({ productId, skuId }) => `${productId}/${skuId}` === wanted.product) ?? terms.products[0]
  if (!product) return wanted
  const ofTerm = product.options.filter(({ term }) => term === wanted.term)
  const options = ofTerm.length > 0 ? ofTerm : product.options
  const option = options.find(({ billingPlan }) => billingPlan === wanted.plan) ?? options[0]
  const length = terms.terms.find(({ term }) => term === option?.term)
  return {
    ...wanted,
    product: `${product.productId}/${product.skuId}`,
    term: option?.term ?? '',
    plan: option?.billingPlan ?? '',
    endOn: length?.alignments.some(({ endOn }) => endOn === wanted.endOn) ? wanted.endOn : '',
  }
}

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '480px' },
  field: { gridTemplateColumns: 'minmax(0, 1fr)', '& select': { minWidth: 0 } },
  control: { [media.phone]: { minHeight: '44px', '& select': { minHeight: '44px' } } },
})

/** Product, licenses, term, billing and, with `aligns`, the last day of a term. */
export function NextTermFields({
  terms,
  wanted,
  onChange,
  min,
  max,
  aligns = false,
  quantityError,
}: {
  terms: NextTerms
  wanted: Wanted
  onChange: (changes: Partial<Wanted>) => void
  min: number
  max: number
  aligns?: boolean
  quantityError?: string | undefined
}) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  const { product, length } = chosenOf(terms, wanted)
  const lengths = [...new Set(product?.options.map(({ term }) => term) ?? [])]
  const plans = product?.options.filter(({ term }) => term === wanted.term) ?? []
  return (
    <div className={styles.fields}>
      <Field className={styles.field} label={t('renewal.product')} required>
        <Select
          className={styles.control}
          value={wanted.product}
          onChange={(_, { value }) => onChange({ product: value })}
        >
          {terms.products.map(({ productId, skuId, title, isOwn }) => (
            <option key={`${productId}/${skuId}`} value={`${productId}/${skuId}`}>
              {isOwn ? t('renewal.sameProduct', { title }) : title}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        className={styles.field}
        label={t('form.quantity')}
        required
        hint={t('form.quantityRange', { min, max })}
        {...(quantityError ? { validationMessage: quantityError, validationState: 'error' as const } : {})}
      >
        <Input
          className={styles.control}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={wanted.quantity}
          onChange={(_, { value }) => onChange({ quantity: value })}
        />
      </Field>
      <Field className={styles.field} label={t('column.term')} required>
        <Select className={styles.control} value={wanted.term} onChange={(_, { value }) => onChange({ term: value })}>
          {lengths.map((term) => (
            <option key={term} value={term}>
              {t(`term.${term || 'none'}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field className={styles.field} label={t('column.billingPlan')} required>
        <Select className={styles.control} value={wanted.plan} onChange={(_, { value }) => onChange({ plan: value })}>
          {plans.map((option) => (
            <option key={option.billingPlan} value={option.billingPlan}>
              {priceLabel(option)}
            </option>
          ))}
        </Select>
      </Field>
      {aligns && length && length.endOn !== null && (
        <Field className={styles.field} label={t('renewal.endOn')} hint={t('renewal.endOnHint')}>
          <Select
            className={styles.control}
            value={wanted.endOn}
            onChange={(_, { value }) => onChange({ endOn: value })}
          >
            <option value="">{t('renewal.wholeTerm', { date: formats.date(length.endOn) })}</option>
            {length.alignments.map((one) => (
              <option key={one.endOn} value={one.endOn}>
                {one.with.kind === 'monthEnd'
                  ? t('renewal.monthEnd', { date: formats.date(one.endOn) })
                  : t('renewal.endsWith', { date: formats.date(one.endOn), title: one.with.title })}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  )

  function priceLabel({ billingPlan, unitRetail }: Option): string {
    const plan = t(`billingPlan.${billingPlan || 'none'}`)
    return unitRetail === undefined
      ? plan
      : t('renewal.planPrice', { plan, price: formats.unitPrice(unitRetail, terms.currency) })
  }
}

const planMonths: Readonly<Record<string, number>> = { monthly: 1, annual: 12, triennial: 36 }
const termMonths: Readonly<Record<string, number>> = { P1M: 1, P1Y: 12, P3Y: 36, P5Y: 60 }

interface Priced {
  readonly unitRetail?: string | undefined
  readonly quantity: number
  readonly term: string
  readonly billingPlan: string
}

/** What a billing period and a whole term cost, in the smallest coin; undefined for who sees no prices. */
function costOf({ unitRetail, quantity, term, billingPlan }: Priced, currency: string) {
  const micros = unitRetail === undefined ? undefined : parseMicros(unitRetail)
  if (micros === undefined) return undefined
  const period = Number(lineTotal({ micros, currency }, quantity).minor)
  const months = planMonths[billingPlan]
  const periods = months === undefined ? 1 : Math.max(1, (termMonths[term] ?? months) / months)
  return { period, term: period * periods }
}

/** The price of what is chosen beside that of now. */
export function NextPrice({ subscription, next }: { subscription: SubscriptionDetail; next: Priced }) {
  const { t } = useTranslation('subscriptions')
  const { currency, kind } = subscription
  const then = costOf(next, currency)
  const now = kind === 'trial' ? undefined : costOf(subscription, currency)
  if (!then) return null
  const samePlan = next.billingPlan === subscription.billingPlan
  const sameTerm = next.term === subscription.term
  const facts: Fact[] = [
    { label: t('renewal.periodPrice'), value: <Money minor={then.period} currency={currency} /> },
    ...(now && samePlan ? [difference(t('renewal.periodDifference'), then.period - now.period)] : []),
    { label: t('renewal.termPrice'), value: <Money minor={then.term} currency={currency} /> },
    ...(now && sameTerm ? [difference(t('renewal.termDifference'), then.term - now.term)] : []),
  ]
  return <FactList facts={facts} />

  function difference(label: string, minor: number): Fact {
    return {
      label,
      value: (
        <>
          {minor > 0 ? '+' : ''}
          <Money minor={minor} currency={currency} />
        </>
      ),
    }
  }
}
