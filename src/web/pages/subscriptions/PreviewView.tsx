import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { InstantText, Money, useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { ActPreview, SubscriptionDetail } from './subscription.ts'
import type { Acting } from './useAct.ts'
import { useSubscriptionTexts } from './useSubscriptionTexts.tsx'

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  old: { opacity: 0.6 },
  list: { listStyleType: 'none', margin: 0, padding: 0, fontVariantNumeric: 'tabular-nums' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '0 16px',
    padding: '6px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  what: { flex: '1 1 240px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  total: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '16px',
    padding: '6px 0',
    fontWeight: tokens.fontWeightSemibold,
  },
  moves: { margin: 0, display: 'grid', gridTemplateColumns: 'minmax(110px, auto) 1fr', gap: '6px 16px' },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, minWidth: 0 },
  drops: { margin: '4px 0 0', paddingLeft: '20px' },
})

type Plan = SubscriptionDetail['scheduledChange']

/** What an act comes to, with the states of asking for it. `plan` is what was planned for the next term, to say what is lost. */
export function ActOutcome({ acting, plan }: { acting: Acting; plan: Plan }) {
  const styles = useStyles()
  const { preview, previewError, isOld, retry } = acting
  if (previewError) return <ErrorBar error={previewError} onRetry={retry} />
  if (!preview) return <BlockSkeleton lines={3} />
  return (
    <div className={isOld ? `${styles.stack} ${styles.old}` : styles.stack} aria-busy={isOld} aria-live="polite">
      <PreviewView preview={preview} plan={plan} />
    </div>
  )
}

function PreviewView({ preview, plan }: { preview: ActPreview; plan: Plan }) {
  const { t } = useTranslation('subscriptions')
  if (!preview.changes) return <Notice tone="info">{t('preview.nothing')}</Notice>
  return (
    <>
      <Charges preview={preview} />
      <Moves preview={preview} />
      <Drops preview={preview} plan={plan} />
    </>
  )
}

/** Every line with its formula, so that anybody can reckon it again. */
function Charges({ preview: { charges, currency, totalRetail } }: { preview: ActPreview }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  if (charges.length === 0) return <div>{t('preview.noCharge')}</div>
  const isShared = charges.some(({ days, ofDays }) => days !== ofDays)
  return (
    <section aria-label={t('preview.charges')}>
      <ul className={styles.list}>
        {charges.map((charge, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className={styles.line}>
            <div className={styles.what}>
              {t(`chargeType.${charge.type as 'new'}`)}
              <div className={styles.quiet}>
                {t('preview.period', { from: formats.date(charge.chargeStart), to: formats.date(charge.chargeEnd) })}
              </div>
              <div className={styles.quiet}>{formulaOf(charge)}</div>
            </div>
            {charge.retail !== undefined && <Money minor={charge.retail} currency={currency} />}
          </li>
        ))}
      </ul>
      {totalRetail !== undefined && (
        <div className={styles.total} data-test="preview-total">
          <span>{totalRetail < 0 ? t('preview.refund') : t('preview.charge')}</span>
          <Money minor={totalRetail} currency={currency} />
        </div>
      )}
      {isShared && totalRetail !== undefined && <div className={styles.quiet}>{t('preview.rounding')}</div>}
    </section>
  )

  function formulaOf({ quantity, days, ofDays, unitRetail, retail }: ActPreview['charges'][number]): string {
    // The amount says already that it is given back.
    const count = formats.number(Math.abs(quantity))
    const share = t('preview.share', { days, of: ofDays })
    if (unitRetail === undefined || retail === undefined) return t('preview.licensesForDays', { count, share })
    const unit = formats.unitPrice(unitRetail, currency)
    if (days === ofDays) return t('preview.formulaWhole', { unit, count })
    // Every license costs the same: rounded down first, then multiplied.
    return t('preview.formula', { unit, share, each: formats.money(Math.abs(retail / quantity), currency), count })
  }
}

/** What is another thing afterwards: before → after. */
function Moves({ preview }: { preview: ActPreview }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'common'])
  const texts = useSubscriptionTexts()
  const formats = useFormats()
  const { before, after, successor, nextTerm } = preview
  const day = (value: string | null) => (value === null ? t('none') : formats.date(value))
  const instant = (value: string | null) => (value === null ? t('detail.noWindow') : <InstantText at={value} />)
  const moves: readonly (readonly [label: string, before: ReactNode, after: ReactNode, differs: boolean])[] = [
    move(t('column.status'), t(`status.${before.status}`), t(`status.${after.status}`)),
    move(t('detail.productName'), before.title, after.title),
    move(t('column.licenses'), formats.number(before.quantity), formats.number(after.quantity)),
    move(t('column.termAndPlan'), texts.termAndPlan(before), texts.termAndPlan(after)),
    move(t('detail.start'), day(before.startOn), day(after.startOn)),
    move(t('column.endOn'), day(before.endOn), day(after.endOn)),
    move(t('detail.autoRenew'), onOff(before.autoRenew), onOff(after.autoRenew)),
    [
      t('detail.cancelUntil'),
      instant(before.cancelUntil),
      instant(after.cancelUntil),
      before.cancelUntil !== after.cancelUntil,
    ],
  ]
  const shown = moves.filter(([, , , differs]) => differs)
  return (
    <>
      {(shown.length > 0 || successor || nextTerm || preview.addOns.length > 0) && (
        <dl className={styles.moves}>
          {shown.map(([label, from, to]) => (
            <Pair key={label} label={label}>
              {from} → <strong>{to}</strong>
            </Pair>
          ))}
          {successor && (
            <Pair label={t('preview.successor')}>
              {t('preview.successorIs', {
                title: successor.title,
                quantity: successor.quantity,
                end: day(successor.endOn),
              })}
            </Pair>
          )}
          {nextTerm && <Pair label={t('plan.title')}>{texts.plan(nextTerm)}</Pair>}
          {preview.addOns.map((addOn) => (
            <Pair key={addOn.id} label={addOn.title}>
              {t('preview.addOn', { status: t(`status.${addOn.status}`) })}
            </Pair>
          ))}
        </dl>
      )}
    </>
  )

  function onOff(on: boolean): string {
    return on ? t('detail.on') : t('detail.off')
  }

  function move(label: string, from: string, to: string) {
    return [label, from, to, from !== to] as const
  }
}

function Pair({ label, children }: { label: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <>
      <dt className={styles.term}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  )
}

/** What is lost, in warning colors: nobody expects it. */
function Drops({ preview: { drops }, plan }: { preview: ActPreview; plan: Plan }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  if (drops.length === 0) return null
  return (
    <Notice tone="warning" title={t('preview.drops')}>
      <ul className={styles.drops}>
        {drops.map((drop) => (
          <li key={drop}>
            {drop === 'scheduledChange' && plan ? t('drop.plan', { plan: texts.plan(plan) }) : t(`drop.${drop}`)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
