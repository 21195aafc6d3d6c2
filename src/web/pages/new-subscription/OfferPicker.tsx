import { Button, makeStyles, SearchBox, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { skuKinds } from '../../../features/catalog/rules.ts'
import type { Params } from '../../api.ts'
import { usePagedList, useRead } from '../../query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { media } from '../../ui/screen.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { catalogPath, Offer, offersPath, Publishers } from '../catalog/catalog.ts'
import { useOfferTexts, usualOption } from '../catalog/useOfferTexts.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const typingPauseMs = 300

const useStyles = makeStyles({
  toolbar: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', marginBottom: '16px' },
  search: { flex: '1 1 240px', maxWidth: '360px', [media.phone]: { maxWidth: 'none', minHeight: '44px' } },
  select: {
    minWidth: '160px',
    [media.phone]: { flex: '1 1 45%', minHeight: '44px', '& select': { minHeight: '44px' } },
  },
  count: { marginLeft: 'auto', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
    gap: '12px',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '16px',
    minWidth: 0,
    height: '100%',
    boxSizing: 'border-box',
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  chosen: { border: `1px solid ${tokens.colorBrandStroke1}` },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  meta: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  price: { fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontVariantNumeric: 'tabular-nums' },
  text: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    display: '-webkit-box',
    WebkitLineClamp: '2',
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
  why: {
    margin: 0,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    marginTop: 'auto',
    paddingTop: '8px',
    [media.phone]: { '& button': { minHeight: '44px' } },
  },
  push: { marginLeft: 'auto' },
  more: { display: 'flex', justifyContent: 'center', padding: '16px' },
})

/**
 * What can be bought, as cards: searched, narrowed by publisher and kind. A search also finds what cannot be bought, with the
 * reason on its card.
 *
 * @param path Where offers are read; the whole catalog's, with its publishers to choose from, unless told.
 * @param market What the server needs to know of the buyer: `customerId`, or `country` and `segment`.
 * @param inBasket How many lines of an offer, by `product/sku`, are in the basket.
 */
export function OfferPicker({
  path = offersPath,
  market,
  country,
  inBasket,
  onAdd,
}: {
  path?: string | undefined
  market: Params
  country: string
  inBasket: ReadonlyMap<string, number>
  onAdd: (offer: Offer) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['orders', 'common'])
  const formats = useFormats()
  const [search, setSearch] = useState('')
  const [publisher, setPublisher] = useState('')
  const [kind, setKind] = useState('')
  const list = usePagedList(path, Offer, { ...market, search, publisher, kind, size: 24 })
  const filtered = search !== '' || publisher !== '' || kind !== ''
  const count = list.hasMore
    ? t('offers.countMore', { count: list.rows.length })
    : t('offers.count', { count: list.rows.length })
  return (
    <section aria-label={t('offers.title')}>
      <Filters
        withPublishers={path === offersPath}
        publisher={publisher}
        kind={kind}
        onSearch={setSearch}
        onPublisher={setPublisher}
        onKind={setKind}
        count={list.isLoading ? '' : count}
      />
      {list.error && list.rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.isLoading ? (
        <LoadingCards />
      ) : list.rows.length === 0 ? (
        <EmptyState
          picture={filtered ? 'search' : 'box'}
          title={filtered ? t('offers.emptyFilter') : t('offers.empty')}
        >
          {filtered ? t('offers.searchHint') : t('offers.emptyBody', { country: formats.country(country) })}
        </EmptyState>
      ) : (
        <ul className={styles.grid} aria-busy={list.isRefreshing}>
          {list.rows.map((offer) => (
            <li key={`${offer.productId}/${offer.skuId}`}>
              <OfferCard offer={offer} inBasket={inBasket} onAdd={onAdd} />
            </li>
          ))}
        </ul>
      )}
      {list.error && list.rows.length > 0 && <ErrorBar error={list.error} onRetry={list.loadMore} />}
      {list.hasMore && (
        <div className={styles.more}>
          <Button disabledFocusable={list.isLoadingMore} onClick={list.loadMore}>
            {list.isLoadingMore ? t('common:loading') : t('offers.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Filters({
  withPublishers,
  publisher,
  kind,
  count,
  onSearch,
  onPublisher,
  onKind,
}: {
  withPublishers: boolean
  publisher: string
  kind: string
  count: string
  onSearch: (search: string) => void
  onPublisher: (publisher: string) => void
  onKind: (kind: string) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useOfferTexts()
  const [typed, setTyped] = useState('')
  const latest = useRef(onSearch)
  useEffect(() => {
    latest.current = onSearch
  })
  useEffect(() => {
    const timer = setTimeout(() => latest.current(typed.trim()), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  const publishers = useRead(`${catalogPath}/publishers`, Publishers, {}, { enabled: withPublishers }).data?.items ?? []
  return (
    <div className={styles.toolbar} role="group" aria-label={t('offers.title')}>
      <SearchBox
        className={styles.search}
        value={typed}
        placeholder={t('offers.search')}
        aria-label={t('offers.search')}
        maxLength={100}
        dismiss={{ 'aria-label': t('offers.clearSearch') }}
        onChange={(_, { value }) => setTyped(value)}
      />
      {publishers.length > 1 && (
        <FilterSelect
          className={styles.select}
          label={t('offers.publisher')}
          value={publisher}
          options={[
            { value: '', label: t('offers.anyPublisher') },
            ...publishers.map((one) => ({ value: one, label: one })),
          ]}
          onChoose={(value) => onPublisher(value)}
        />
      )}
      <FilterSelect
        className={styles.select}
        label={t('offers.kind')}
        value={kind}
        options={[
          { value: '', label: t('offers.anyKind') },
          ...skuKinds.map((one) => ({ value: one, label: texts.kind(one) })),
        ]}
        onChoose={(value) => onKind(value)}
      />
      <span className={styles.count} aria-live="polite">
        {count}
      </span>
    </div>
  )
}

function OfferCard({
  offer,
  inBasket,
  onAdd,
}: {
  offer: Offer
  inBasket: ReadonlyMap<string, number>
  onAdd: (offer: Offer) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useOfferTexts()
  const option = usualOption(offer)
  const others = offer.options.length - 1
  const count = inBasket.get(`${offer.productId}/${offer.skuId}`) ?? 0
  // An add-on may come together with its base.
  const baseComes = offer.prerequisites.some((base) => inBasket.has(`${base.productId}/${base.skuId}`))
  const barred =
    offer.unavailable && !(offer.unavailable.reason === 'prerequisiteMissing' && baseComes) ? offer.unavailable : null
  const why = barred ? texts.unavailable(barred) : undefined
  const add = (
    <Button
      appearance={count > 0 ? 'secondary' : 'primary'}
      size="medium"
      icon={<AddRegular />}
      disabledFocusable={barred !== null}
      aria-label={t('offers.addNamed', { title: offer.title })}
      onClick={() => {
        if (!barred) onAdd(offer)
      }}
    >
      {t('offers.add')}
    </Button>
  )
  return (
    <article className={count > 0 ? `${styles.card} ${styles.chosen}` : styles.card} aria-label={offer.title}>
      <div>
        <h3 className={styles.title}>{offer.title}</h3>
        <p className={styles.meta}>
          {offer.publisher} · {texts.kind(offer.kind)}
        </p>
      </div>
      {option && (
        <div>
          <div className={styles.price}>
            {option.unitRetail === undefined ? texts.term(option.term) : texts.price(option.unitRetail, option)}
          </div>
          <p className={styles.meta}>
            {texts.term(option.term)}, {texts.plan(option.billingPlan)}
            {others > 0 && ` · ${t('offers.options', { count: others })}`}
          </p>
        </div>
      )}
      {offer.description && <p className={styles.text}>{offer.description}</p>}
      <p className={styles.meta}>{t('offers.quantity', { range: texts.quantity(offer) })}</p>
      {offer.prerequisites.length > 0 && (
        <p className={styles.meta}>
          {t('offers.needs', { products: offer.prerequisites.map(({ title }) => title).join(', ') })}
        </p>
      )}
      {why && <p className={styles.why}>{why}</p>}
      <div className={styles.foot}>
        {why ? (
          <Tooltip content={why} relationship="description">
            {add}
          </Tooltip>
        ) : (
          add
        )}
        {count > 0 && (
          <span className={styles.push}>
            <StatusBadge tone="success">{t('offers.inBasket', { count })}</StatusBadge>
          </span>
        )}
      </div>
    </article>
  )
}

function LoadingCards() {
  const styles = useStyles()
  const { t } = useTranslation('common')
  return (
    <Skeleton aria-busy="true" aria-label={t('loading')}>
      <div className={styles.grid}>
        {Array.from({ length: 6 }, (_, card) => (
          <div key={card} className={styles.card} style={{ minHeight: '200px' }}>
            <SkeletonItem size={16} style={{ width: '70%' }} />
            <SkeletonItem size={12} style={{ width: '50%' }} />
            <SkeletonItem size={24} style={{ width: '60%' }} />
            <SkeletonItem size={12} style={{ width: '90%' }} />
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
