import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { media, usePhone } from '../ui/screen.ts'
import { useBarStyles } from './bar-styles.ts'

const SearchResults = lazy(() => import('./SearchResults.tsx').then((module) => ({ default: module.SearchResults })))

const useStyles = makeStyles({
  root: {
    position: 'relative',
    width: '100%',
    maxWidth: '480px',
    [media.phone]: {
      position: 'absolute',
      inset: 0,
      maxWidth: 'none',
      background: 'inherit',
      padding: '8px',
      boxSizing: 'border-box',
      display: 'flex',
      gap: '4px',
      zIndex: 1,
    },
  },
  field: {
    flexGrow: 1,
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '32px',
    padding: '0 8px',
    borderRadius: tokens.borderRadiusMedium,
    background: 'rgba(255, 255, 255, 0.14)',
    border: '1px solid rgba(255, 255, 255, 0.3)',
    boxSizing: 'border-box',
    color: '#ffffff',
    '&:focus-within': {
      background: tokens.colorNeutralBackground1,
      color: tokens.colorNeutralForeground1,
      border: `1px solid ${tokens.colorNeutralBackground1}`,
    },
  },
  input: {
    flexGrow: 1,
    minWidth: 0,
    border: 0,
    padding: 0,
    outlineStyle: 'none',
    background: 'transparent',
    color: 'inherit',
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    '&::placeholder': { color: 'inherit', opacity: 0.85 },
    '&::-webkit-search-cancel-button': { display: 'none' },
    // Smaller text makes iOS zoom in.
    [media.phone]: { fontSize: '16px' },
  },
  key: {
    fontSize: tokens.fontSizeBase200,
    padding: '0 6px',
    borderRadius: tokens.borderRadiusSmall,
    border: '1px solid currentColor',
    opacity: 0.75,
  },
})

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/**
 * One field for everything the person may see; `/` goes there. The results, and what draws them, are fetched when somebody
 * starts to search. A combobox: the arrow keys move through the results, Enter opens one, Escape leaves.
 */
export function GlobalSearch() {
  const styles = useStyles()
  const bar = useBarStyles()
  const { t } = useTranslation(['shell', 'common'])
  const phone = usePhone()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(false)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [active, setActive] = useState(-1)

  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (document.querySelector('[aria-modal="true"]')) return
      event.preventDefault()
      setShown(true)
      requestAnimationFrame(() => input.current?.focus())
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])

  const close = () => {
    setOpen(false)
    setActive(-1)
    setShown(false)
  }
  const options = () => [...(root.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])]
  const onKeyDown = (event: KeyboardEvent) => {
    const all = options()
    if (event.key === 'Escape') {
      setText('')
      close()
      input.current?.blur()
    } else if (event.key === 'ArrowDown' && all.length > 0) {
      event.preventDefault()
      setActive((active + 1) % all.length)
    } else if (event.key === 'ArrowUp' && all.length > 0) {
      event.preventDefault()
      setActive((active <= 0 ? all.length : active) - 1)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      all[Math.max(active, 0)]?.click()
    }
  }
  if (phone && !shown) {
    return (
      <>
        <span style={{ flexGrow: 1 }} />
        <Button
          className={bar.button}
          appearance="transparent"
          icon={<SearchRegular />}
          aria-label={t('search.label')}
          onClick={() => {
            setShown(true)
            requestAnimationFrame(() => input.current?.focus())
          }}
        />
      </>
    )
  }
  return (
    <div ref={root} className={styles.root} role="search">
      <div className={styles.field}>
        <SearchRegular aria-hidden fontSize={16} />
        <input
          ref={input}
          className={styles.input}
          type="search"
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={open && text.trim().length > 1}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-keyshortcuts="/"
          {...(active >= 0 ? { 'aria-activedescendant': `${listId}-${active}` } : {})}
          placeholder={phone ? t('search.short') : t('search.placeholder')}
          title={t('search.hint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={(event) => {
            if (!root.current?.contains(event.relatedTarget)) close()
          }}
          onChange={(event) => {
            setText(event.target.value)
            setActive(-1)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
        />
        {!phone && text === '' && (
          <kbd className={styles.key} aria-hidden>
            /
          </kbd>
        )}
      </div>
      {phone && (
        <Button
          className={bar.button}
          appearance="transparent"
          size="small"
          icon={<DismissRegular />}
          aria-label={t('common:action.close')}
          onClick={close}
        />
      )}
      {open && text.trim() !== '' && (
        <Suspense fallback={null}>
          <SearchResults
            listId={listId}
            text={text.trim()}
            active={active}
            onGo={() => {
              setText('')
              close()
              input.current?.blur()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
