import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiRefusal } from '../../api.ts'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { Money } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import type { Writer } from '../../ui/useWrite.ts'
import { WizardButtons } from '../../ui/Wizard.tsx'
import { type Agreement, AgreementFields, emptyAgreement, isComplete } from './AgreementFields.tsx'
import { type BasketLine, chosenOption, type OrderReview } from './order.ts'
import { hasChanged, ReviewLines } from './ReviewLines.tsx'
import { type Buyer, useOrderReview } from './useOrderReview.ts'

/** What the person commits to on the Review page. */
export interface Commitment {
  readonly attestation: string
  readonly expectedTotalRetail: number
  /** For a customer that has not accepted the agreement: who accepted it. */
  readonly agreement?: Agreement
}

const useStyles = makeStyles({
  totals: {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    gap: '4px 24px',
    marginTop: '16px',
    marginLeft: 'auto',
    maxWidth: '420px',
    alignItems: 'baseline',
    [media.phone]: { maxWidth: 'none' },
  },
  total: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    textAlign: 'end',
  },
  end: { textAlign: 'end' },
  note: {
    margin: '8px 0 0',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    textAlign: 'end',
    [media.phone]: { textAlign: 'start' },
  },
  said: { margin: '0 0 8px', color: tokens.colorNeutralForeground2 },
  stack: { display: 'flex', flexDirection: 'column', gap: '16px', marginBottom: '16px' },
})

/**
 * The Review page of an order: everything that will be stored, the total, the attestation. `head` tells of the customer. With an
 * empty basket it is only the customer's.
 */
export function ReviewStep({
  buyer,
  basket,
  head,
  writer,
  onSubmit,
  onBack,
  onCancel,
}: {
  buyer: Buyer
  basket: readonly BasketLine[]
  head: ReactNode
  writer: Writer
  onSubmit: (commitment: Commitment | undefined) => void
  onBack: () => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const review = useOrderReview(buyer, basket)
  const [attested, setAttested] = useState(false)
  const [seen, setSeen] = useState(false)
  const [agreement, setAgreement] = useState<Agreement>(emptyAgreement)
  const former = basket.map((line) => chosenOption(line)?.unitRetail)
  const data = review.data
  const changed = data?.lines.some((line, index) => hasChanged(line, former[index])) ?? false
  const priceChanged = writer.error instanceof ApiRefusal && writer.error.refusal === 'priceChanged'
  const needsAgreement = data?.agreementAccepted === false
  const alone = basket.length === 0
  const why = whyNotSubmit()

  function whyNotSubmit(): string | undefined {
    if (alone) return undefined
    if (!data) return t('review.problemsFirst')
    if (data.lines.some(({ problems }) => problems.length > 0) || hasOtherProblems(data))
      return t('review.problemsFirst')
    if (needsAgreement && !isComplete(agreement)) return t('review.agreementFirst')
    if ((changed || priceChanged) && !seen) return t('review.acceptPricesFirst')
    return attested ? undefined : t('review.attestFirst')
  }
  const submit = () => {
    if (alone || !data) return onSubmit(undefined)
    onSubmit({
      attestation: data.attestation.version,
      expectedTotalRetail: data.totalRetail,
      ...(needsAgreement ? { agreement } : {}),
    })
  }
  return (
    <>
      <div className={styles.stack}>
        {priceChanged ? (
          <Notice
            tone="warning"
            live
            title={t('review.priceChangedTitle')}
            actions={
              <Button
                size="small"
                onClick={() => {
                  writer.clear()
                  setSeen(false)
                  setAttested(false)
                  void review.refetch()
                }}
              >
                {t('review.title')}
              </Button>
            }
          >
            {t('review.priceChanged')}
          </Notice>
        ) : (
          <ErrorBar error={writer.error} />
        )}
        {writer.state === 'checking' && (
          <Notice tone="info" live>
            {t('review.waiting')}
          </Notice>
        )}
      </div>
      {head}
      <Section title={t('review.lines')}>
        {alone ? (
          <p className={styles.said}>{t('review.noLines')}</p>
        ) : review.error ? (
          <ErrorState error={review.error} onRetry={() => void review.refetch()} />
        ) : !data ? (
          <BlockSkeleton lines={4 + basket.length * 2} />
        ) : (
          <>
            <ReviewLines lines={data.lines} currency={data.currency} former={former} />
            <Totals review={data} />
            {changed && (
              <Notice tone="warning" title={t('review.priceChangedTitle')}>
                <Checkbox
                  checked={seen}
                  label={t('review.acceptPrices')}
                  onChange={(_, { checked }) => setSeen(checked === true)}
                />
              </Notice>
            )}
          </>
        )}
      </Section>
      {data && needsAgreement && (
        <Section title={t('review.agreementTitle')}>
          <p className={styles.said}>{t('review.agreementBody')}</p>
          <AgreementFields value={agreement} onChange={setAgreement} />
        </Section>
      )}
      {data && !alone && (
        <Section title={t('review.attestation')}>
          <p className={styles.said}>{t(`review.${data.attestation.attestedAs}`)}</p>
          <Checkbox
            checked={attested}
            required
            label={data.attestation.text}
            onChange={(_, { checked }) => setAttested(checked === true)}
          />
        </Section>
      )}
      <WizardButtons>
        <SubmitButton state={writer.state} disabledBecause={why} onPress={submit}>
          {t('wizard.submit')}
        </SubmitButton>
        <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onBack}>
          {t('wizard.back')}
        </Button>
        <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onCancel}>
          {t('wizard.cancel')}
        </Button>
      </WizardButtons>
    </>
  )
}

/** Problems of the whole order other than the missing agreement, which is asked for on this page. */
function hasOtherProblems({ problems }: OrderReview): boolean {
  return problems.some(({ reason }) => reason !== 'customerAgreementMissing')
}

function Totals({ review }: { review: OrderReview }) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  if (review.currency === '') return null
  const others = review.problems.filter(({ reason }) => reason !== 'customerAgreementMissing')
  return (
    <>
      <div className={styles.totals}>
        <span>{t('review.total')}</span>
        <span className={styles.total} data-test="order-total">
          <Money minor={review.totalRetail} currency={review.currency} />
        </span>
        <span className={styles.said}>{t('review.totalCost')}</span>
        <span className={styles.end}>
          <Money minor={review.totalCost} currency={review.currency} />
        </span>
      </div>
      <p className={styles.note}>
        {t('review.perPeriod')} {t('review.localTime')}
      </p>
      {others.map(({ reason, text }) => (
        <Notice key={reason} tone="error" title={t('review.problemTitle')}>
          {text}
        </Notice>
      ))}
    </>
  )
}
