import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { RequestKind } from '../../../features/orders/rules/requests.ts'
import { UnitPrice } from '../../ui/formats.tsx'
import { useOfferTexts } from '../catalog/useOfferTexts.ts'
import type { RequestedLine } from './request.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr)',
    gap: '4px 24px',
    alignItems: 'baseline',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '&:first-child': { borderTop: 0 },
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  hint: { margin: '8px 0 0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Line = Omit<RequestedLine, 'productId' | 'skuId' | 'kind'>

/** What is asked for, line by line, with its retail prices. */
export function RequestLines({ kind, lines }: { kind: RequestKind; lines: readonly Line[] }) {
  const styles = useStyles()
  const { t } = useTranslation('orderRequests')
  const texts = useOfferTexts()
  return (
    <>
      <ul className={styles.list} aria-label={t('section.lines')}>
        {lines.map((line, index) => (
          <li key={index} className={styles.line}>
            <span>
              <span className={styles.title}>{line.title}</span>
              {line.friendlyName && <span className={styles.quiet}>{line.friendlyName}</span>}
            </span>
            <span>
              {kind === 'cancel'
                ? t('line.end')
                : line.formerQuantity === null
                  ? t('line.count', { count: line.quantity })
                  : t('line.change', { from: line.formerQuantity, to: line.quantity })}
            </span>
            <span>
              {texts.term(line.term)}, {texts.plan(line.billingPlan)}
            </span>
            <span>
              {line.unitRetail === null ? (
                t('line.noPrice')
              ) : (
                <UnitPrice price={line.unitRetail} currency={line.currency} />
              )}
            </span>
          </li>
        ))}
      </ul>
      {kind === 'new' && <p className={styles.hint}>{t('line.priceHint')}</p>}
    </>
  )
}
