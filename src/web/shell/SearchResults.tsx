import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchGroup } from '../../features/overview/rules.ts'
import { SearchResults as Found } from '../../features/overview/wire.ts'
import type { SearchResult } from '../../features/overview/wire.ts'
import { links } from '../links.ts'
import { useRead } from '../query.ts'
import { announce } from '../ui/announce.ts'
import { useStayInside } from '../ui/AppLink.tsx'
import { useErrorText } from '../ui/errors.ts'
import { media } from '../ui/screen.ts'

function addressOf(group: SearchGroup, { id, customerId, name }: SearchResult): string {
  switch (group) {
    case 'resellers':
      return links.reseller(id)
    case 'providers':
      return links.providers({ search: name })
    case 'organizations':
      return links.directory({ search: name })
    case 'customers':
      return links.customerAccount(id)
    case 'subscriptions':
      return customerId ? links.subscription(customerId, id) : links.mySubscriptions()
    case 'orders':
      return customerId ? links.customerOrders(customerId) : links.orders()
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
    '&:hover': { background: tokens.colorNeutralBackground2 },
    [media.phone]: { padding: '10px 8px' },
  },
  active: {
    background: tokens.colorBrandBackground2,
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
  const count = data?.groups.reduce((sum, group) => sum + group.items.length, 0) ?? 0
  useEffect(() => {
    if (data && enough) announce(t('search.found', { count }))
  }, [data, enough, count, t])

  const all = data?.groups.flatMap((group) => group.items) ?? []
  return (
    <div className={styles.panel} id={listId} role="listbox" aria-label={t('search.results')} aria-busy={isFetching}>
      {!enough && <p className={styles.note}>{t('search.type')}</p>}
      {enough && error && <p className={styles.note}>{errorText(error)}</p>}
      {enough && !data && isFetching && <Spinner size="tiny" />}
      {enough && data && count === 0 && !isFetching && (
        <p className={styles.note}>{t('search.none', { query: asked })}</p>
      )}
      {enough &&
        data?.groups.map(({ group, items, more }) => (
          <div key={group} role="group" aria-label={t(`search.${group}`)}>
            <div className={styles.heading} aria-hidden>
              {t(`search.${group}`)}
            </div>
            {items.map((hit) => (
              <OneHit
                key={hit.id}
                id={`${listId}-${all.indexOf(hit)}`}
                hit={hit}
                href={addressOf(group, hit)}
                active={all.indexOf(hit) === active}
                onGo={onGo}
              />
            ))}
            {more && <p className={styles.note}>{t('search.more')}</p>}
          </div>
        ))}
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
  hit: SearchResult
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
      {hit.name}
      {hit.detail && <span className={styles.detail}>{hit.detail}</span>}
    </a>
  )
}
