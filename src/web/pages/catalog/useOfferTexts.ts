import { useTranslation } from 'react-i18next'
import type { SkuKind } from '../../../features/catalog/rules.ts'
import { useFormats } from '../../ui/formats.tsx'
import type { Offer, OfferOption } from './catalog.ts'

/** How an offer's facts are said. */
export interface OfferTexts {
  readonly kind: (kind: SkuKind) => string
  readonly term: (term: OfferOption['term']) => string
  readonly plan: (plan: OfferOption['billingPlan']) => string
  /** A price with what it is for, such as "€12.50 a month". */
  readonly price: (price: string, option: Pick<OfferOption, 'currency' | 'billingPlan'>) => string
  readonly quantity: (offer: { readonly minQuantity: number; readonly maxQuantity: number }) => string
  readonly unavailable: (why: NonNullable<Offer['unavailable']>) => string
}

/** A bound as high as this is none that anybody meets. */
const noBound = 1_000_000

/** Needs the texts `catalog`. */
export function useOfferTexts(): OfferTexts {
  const { t } = useTranslation('catalog')
  const formats = useFormats()
  return {
    kind: (kind) => t(`kind.${kind}`),
    term: (term) => t(`term.${term || 'none'}`),
    plan: (plan) => t(`plan.${plan || 'none'}`),
    price(price, { currency, billingPlan }) {
      if (Number(price) === 0) return t('freeOfCharge')
      return `${formats.unitPrice(price, currency)} ${t(`per.${billingPlan || 'none'}`)}`
    },
    quantity({ minQuantity: min, maxQuantity: max }) {
      if (min === max) return t('quantityExactly', { count: min })
      return max >= noBound ? t('quantityFrom', { min }) : t('quantityRange', { min, max })
    },
    unavailable({ reason, params }) {
      if (reason === 'endOfSale') return t('unavailable.endOfSale', { day: formats.date(String(params['day'])) })
      if (reason === 'ownershipLimit') return t('unavailable.ownershipLimit', { count: Number(params['limit']) })
      return t(`unavailable.${reason}`)
    },
  }
}

/** The price a list shows: by the month for a year where that is offered, else the first way. */
export function usualOption(offer: Pick<Offer, 'options'>): OfferOption | undefined {
  return offer.options.find(({ term, billingPlan }) => term === 'P1Y' && billingPlan === 'monthly') ?? offer.options[0]
}
