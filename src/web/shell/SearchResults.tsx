import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { links } from '../links.ts'
import { useRead } from '../query.ts'
import { announce } from '../ui/announce.ts'
import { useStayInside } from '../ui/AppLink.tsx'
import { useErrorText } from '../ui/errors.ts'
import { media } from '../ui/screen.ts'

const kinds = ['customers', 'resellers', 'subscriptions', 'orders'] as const
type Kind = (typeof kinds)[number]

const Hit = z.looseObject({
  id: z.string(),
  title: z.string(),
  detail: z.nullish(z.string()),
  customerId: z.nullish(z.string()),
})
type Hit = z.infer<typeof Hit>
const Found = z.object({
  customers: z.array(Hit),
  resellers: z.array(Hit),
  subscriptions: z.array(Hit),
  orders: z.array(Hit),
})

function addressOf(kind: Kind, hit: Hit): string {
  switch (kind) {
    case 'customers':
      return links.customerAccount(hit.id)
    case 'resellers':
      return links.reseller(hit.id)
    case 'subscriptions':
      return links.subscription(hit.customerId ?? '', hit.id)
    case 'orders':
      return links.customerOrders(hit.customerId ?? '')
  }
}

const useStyles = makeStyles({
  panel: {
    position: 'absolute',
    top: 'calc(100% + 4px)',
    left: 0,
    right: 0,
    maxHeight: 'min(70vh, 560px)',
    overflowY: 'auto',
    padding: '8px',
    color: tokens.colorNeutralForeground1,
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow28,
    [media.phone]: { left: '8px', right: '8px' },
  },
  heading: {
    padding: '8px 8px 4px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
  hit: {
    display: 'block',
    padding: '6px 8px',
    borderRadius: tokens.borderRadiusMedium,
    color: 'inherit',
    textDecorationLine: 'none',
    overflowWrap: 'anywhere',
    '&:hover': { background: tokens.colorNeutralBackground1Hover },
    [media.phone]: { padding: '10px 8px' },
  },
  active: {
    background: tokens.colorNeutralBackground1Selected,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '-2px',
  },
  detail: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  note: { padding: '8px', margin: 0, color: tokens.colorNeutralForeground2 },
})

const typingPauseMs = 200

/** What was found, by kind, below the search field. `active` is the result the arrow keys are on. */
export function SearchResults({
  listId,
  text,
  active,
  onGo,
}: {
  listId: string
  text: string
  active: number
  onGo: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const errorText = useErrorText()
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), typingPauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const enough = asked.length >= 2
  const { data, error, isFetching } = useRead('/portal/v1/search', Found, { q: asked }, { enabled: enough })
  const count = data ? kinds.reduce((sum, kind) => sum + data[kind].length, 0) : 0
  useEffect(() => {
    if (data && enough) announce(t('search.found', { count }))
  }, [data, enough, count, t])

  let position = -1
  return (
    <div className={styles.panel} id={listId} role="listbox" aria-label={t('search.results')} aria-busy={isFetching}>
      {!enough && <p className={styles.note}>{t('search.type')}</p>}
      {enough && error && <p className={styles.note}>{errorText(error)}</p>}
      {enough && !data && isFetching && <Spinner size="tiny" />}
      {enough && data && count === 0 && !isFetching && (
        <p className={styles.note}>{t('search.none', { query: asked })}</p>
      )}
      {enough &&
        data &&
        kinds.map((kind) => {
          const hits = data[kind]
          if (hits.length === 0) return null
          return (
            <div key={kind} role="group" aria-label={t(`search.${kind}`)}>
              <div className={styles.heading} aria-hidden>
                {t(`search.${kind}`)}
              </div>
              {hits.map((hit) => {
                position += 1
                return (
                  <OneHit
                    key={hit.id}
                    id={`${listId}-${position}`}
                    hit={hit}
                    href={addressOf(kind, hit)}
                    active={position === active}
                    onGo={onGo}
                  />
                )
              })}
            </div>
          )
        })}
    </div>
  )
}

function OneHit({
  id,
  hit,
  href,
  active,
  onGo,
}: {
  id: string
  hit: Hit
  href: string
  active: boolean
  onGo: () => void
}) {
  const styles = useStyles()
  const stayInside = useStayInside(href)
  return (
    <a
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      href={href}
      className={mergeClasses(styles.hit, active && styles.active)}
      // The field loses the focus before the click arrives, which would close the results.
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => {
        stayInside(event)
        onGo()
      }}
    >
      {hit.title}
      {hit.detail && <span className={styles.detail}>{hit.detail}</span>}
    </a>
  )
}
