import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CartRegular } from '@fluentui/react-icons/svg/cart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Params } from '../../api.ts'
import { announce } from '../../ui/announce.ts'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { Section } from '../../ui/Page.tsx'
import { useTablet } from '../../ui/screen.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { WizardButtons } from '../../ui/Wizard.tsx'
import type { Offer } from '../catalog/catalog.ts'
import { Basket } from './Basket.tsx'
import { OfferPicker } from './OfferPicker.tsx'
import { type BasketLine, isSound, lineFor } from './order.ts'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 380px',
    gap: '24px',
    alignItems: 'start',
    '@media (max-width: 1024px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  aside: { position: 'sticky', top: '64px', maxHeight: 'calc(100vh - 88px)', overflowY: 'auto' },
  lead: { margin: '0 0 16px', color: tokens.colorNeutralForeground2 },
})

/** The New subscription page: offers at the left, the basket at the right; on a small screen the basket is a sheet from below. */
export function SubscriptionsStep({
  path,
  market,
  country,
  lead,
  basket,
  usualReseller,
  withReseller = true,
  next,
  onBasket,
  onNext,
  onBack,
  onCancel,
}: {
  /** Where offers are read; see `OfferPicker`. */
  path?: string
  market: Params
  country: string
  lead: string
  basket: readonly BasketLine[]
  /** Partner id of the reseller that new lines begin with; empty for none. */
  usualReseller: string
  /** Whether each line says who becomes reseller of record. */
  withReseller?: boolean
  /** What the button to the next step says. */
  next?: string
  onBasket: (basket: readonly BasketLine[]) => void
  onNext: () => void
  onBack?: () => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const small = useTablet()
  const [open, setOpen] = useState(false)
  const inBasket = new Map<string, number>()
  for (const { productId, skuId } of basket) {
    const key = `${productId}/${skuId}`
    inBasket.set(key, (inBasket.get(key) ?? 0) + 1)
  }
  const add = (offer: Offer) => {
    onBasket([...basket, lineFor(offer, usualReseller)])
    announce(t('offers.added', { title: offer.title }))
  }
  const remove = (line: BasketLine) => {
    onBasket(basket.filter(({ key }) => key !== line.key))
    announce(t('basket.removed', { title: line.title }))
  }
  const why = basket.length === 0 ? t('basket.why.empty') : basket.every(isSound) ? undefined : t('basket.why.invalid')
  const content = (
    <Basket
      lines={basket}
      withReseller={withReseller}
      onChange={(key, changes) => onBasket(basket.map((line) => (line.key === key ? { ...line, ...changes } : line)))}
      onRemove={remove}
    />
  )
  return (
    <>
      <p className={styles.lead}>{lead}</p>
      <div className={styles.columns}>
        <OfferPicker path={path} market={market} country={country} inBasket={inBasket} onAdd={add} />
        {!small && (
          <aside className={styles.aside} aria-label={t('basket.title')}>
            <Section title={t('basket.title')}>{content}</Section>
          </aside>
        )}
      </div>
      <WizardButtons>
        <SubmitButton state="idle" disabledBecause={why} onPress={onNext}>
          {next ?? t('wizard.nextReview')}
        </SubmitButton>
        {small && (
          <Button icon={<CartRegular />} onClick={() => setOpen(true)}>
            {t('basket.open', { count: basket.length })}
          </Button>
        )}
        {onBack && <Button onClick={onBack}>{t('wizard.back')}</Button>}
        <Button onClick={onCancel}>{t('wizard.cancel')}</Button>
      </WizardButtons>
      {small && open && (
        <DialogBox
          title={t('basket.title')}
          onClose={() => setOpen(false)}
          actions={
            <Button appearance="primary" onClick={() => setOpen(false)}>
              {t('basket.close')}
            </Button>
          }
        >
          {content}
        </DialogBox>
      )}
    </>
  )
}
