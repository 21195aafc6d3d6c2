import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { UnitPrice } from '../../ui/formats.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { DateText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import type { Offer } from './catalog.ts'
import { useOfferTexts } from './useOfferTexts.ts'

const useStyles = makeStyles({
  description: { margin: 0, maxWidth: '720px', color: tokens.colorNeutralForeground2 },
  table: { borderCollapse: 'collapse', maxWidth: '720px', width: '100%', fontVariantNumeric: 'tabular-nums' },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, paddingBottom: '4px' },
  head: {
    textAlign: 'start',
    padding: '4px 16px 4px 0',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  cell: { padding: '4px 16px 4px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  end: { textAlign: 'end', paddingRight: 0 },
  list: { margin: 0, paddingLeft: '20px' },
})

/** What a row of the offers opens to. */
export function OfferDetails({ offer }: { offer: Offer }) {
  const styles = useStyles()
  const { t } = useTranslation('catalog')
  const texts = useOfferTexts()
  const sees = { cost: offer.options.some((one) => one.unitCost), retail: offer.options.some((one) => one.unitRetail) }
  const titles = (references: Offer['prerequisites']) =>
    references.length === 0 ? undefined : (
      <ul className={styles.list}>
        {references.map((one) => (
          <li key={`${one.productId}/${one.skuId}`}>{one.title}</li>
        ))}
      </ul>
    )
  return (
    <>
      {offer.unavailable && (
        <MessageBar intent={offer.unavailable.reason === 'prerequisiteMissing' ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody>{texts.unavailable(offer.unavailable)}</MessageBarBody>
        </MessageBar>
      )}
      {offer.description && <p className={styles.description}>{offer.description}</p>}
      {offer.options.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>{t('offer.options')}</caption>
          <thead>
            <tr>
              <th className={styles.head}>{t('offer.term')}</th>
              <th className={styles.head}>{t('offer.plan')}</th>
              {sees.cost && <th className={`${styles.head} ${styles.end}`}>{t('offer.cost')}</th>}
              {sees.retail && <th className={`${styles.head} ${styles.end}`}>{t('offer.retail')}</th>}
            </tr>
          </thead>
          <tbody>
            {offer.options.map((option) => (
              <tr key={`${option.term} ${option.billingPlan}`}>
                <td className={styles.cell}>{texts.term(option.term)}</td>
                <td className={styles.cell}>{texts.plan(option.billingPlan)}</td>
                {sees.cost && (
                  <td className={`${styles.cell} ${styles.end}`}>
                    {option.unitCost !== undefined && <UnitPrice price={option.unitCost} currency={option.currency} />}
                  </td>
                )}
                {sees.retail && (
                  <td className={`${styles.cell} ${styles.end}`}>
                    {option.unitRetail !== undefined && (
                      <UnitPrice price={option.unitRetail} currency={option.currency} />
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FactList
        facts={[
          { label: t('offer.prerequisites'), value: titles(offer.prerequisites) },
          { label: t('offer.conversions'), value: titles(offer.conversions) },
          { label: t('column.incentive'), value: offer.incentiveEligible ? t('incentiveEligible') : t('incentiveNot') },
          {
            label: t('column.endOfSale'),
            value: offer.endOfSaleOn === null ? undefined : <DateText day={offer.endOfSaleOn} />,
          },
          {
            label: t('column.ids'),
            value: <IdText id={`${offer.productId}/${offer.skuId}`} name={t('column.ids')} whole />,
          },
        ]}
      />
    </>
  )
}
