import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { media, usePhone } from './screen.ts'
import { useUrlState } from './useUrlState.ts'

export interface Wizard<Step extends string, Values> {
  readonly step: Step
  readonly steps: readonly Step[]
  readonly values: Values
  readonly change: (changes: Partial<Values>) => void
  /** Goes to a step that was reached before, or to the next one. */
  readonly go: (step: Step) => void
  readonly next: () => void
  readonly back: () => void
  /** Forgets everything: after the submit was answered, or after a confirmed cancel. */
  readonly clear: () => void
  /** Something was entered and not yet sent. */
  readonly dirty: boolean
}

interface Kept<Values> {
  readonly reached: number
  readonly values: Values
}

/**
 * Keeps a wizard: the step in the address (`?step=`), what was entered in the storage of this tab, so that a reload or the back
 * button loses nothing. `keepAs` names it; add what it is about (a customer's id) when there may be several. Nothing secret may
 * be put in. A step that was not reached yet cannot be jumped to by its address.
 */
export function useWizard<const Step extends string, Values extends object>(options: {
  keepAs: string
  steps: readonly [Step, ...Step[]]
  initial: Values
}): Wizard<Step, Values> {
  const { steps, initial } = options
  const storageKey = `kanal.wizard.${options.keepAs}`
  const first = useRef(initial).current
  const [kept, setKept] = useState<Kept<Values>>(() => readKept(storageKey, first))
  const [dirty, setDirty] = useState(() => sessionStorage.getItem(storageKey) !== null)
  const cleared = useRef(false)
  const [url, setUrl] = useUrlState({ step: steps as readonly [string, ...string[]] })
  const asked = steps.indexOf(url.step as Step)
  const step = steps[Math.min(asked, kept.reached)] ?? steps[0]

  useEffect(() => {
    if (dirty && !cleared.current) sessionStorage.setItem(storageKey, JSON.stringify(kept))
  }, [storageKey, kept, dirty])

  const go = useCallback(
    (to: Step) => {
      const position = steps.indexOf(to)
      setKept((before) => ({ ...before, reached: Math.max(before.reached, position) }))
      if (position > 0) setDirty(true)
      setUrl({ step: to } as never, { push: true })
      scrollTo({ top: 0 })
    },
    [steps, setUrl],
  )
  return {
    step,
    steps,
    values: kept.values,
    dirty,
    change(changes) {
      cleared.current = false
      setDirty(true)
      setKept((before) => ({ ...before, values: { ...before.values, ...changes } }))
    },
    go,
    next() {
      const after = steps[steps.indexOf(step) + 1]
      if (after) go(after)
    },
    back() {
      const before = steps[steps.indexOf(step) - 1]
      if (before) go(before)
    },
    clear() {
      cleared.current = true
      sessionStorage.removeItem(storageKey)
      setDirty(false)
      setKept({ reached: kept.reached, values: first })
    },
  }
}

function readKept<Values extends object>(storageKey: string, initial: Values): Kept<Values> {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null')
    if (typeof parsed === 'object' && parsed !== null && 'values' in parsed && 'reached' in parsed) {
      const { values, reached } = parsed as Kept<Values>
      return { reached: typeof reached === 'number' ? reached : 0, values: { ...initial, ...values } }
    }
  } catch {
    // Written by an older version: start over.
  }
  return { reached: 0, values: initial }
}

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 24px',
    listStyleType: 'none',
    margin: '0 0 24px',
    padding: 0,
  },
  step: { display: 'flex', alignItems: 'center', gap: '8px', color: tokens.colorNeutralForeground3 },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  circle: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '24px',
    height: '24px',
    borderRadius: '50%',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    boxSizing: 'border-box',
    fontSize: tokens.fontSizeBase200,
  },
  circleCurrent: {
    background: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    border: `1px solid ${tokens.colorBrandBackground}`,
  },
  circleDone: { color: tokens.colorBrandForeground1, border: `1px solid ${tokens.colorBrandForeground1}` },
  counter: { margin: '0 0 8px', color: tokens.colorNeutralForeground2 },
  bar: {
    height: '4px',
    borderRadius: '2px',
    background: tokens.colorNeutralBackground5,
    marginBottom: '16px',
    overflow: 'hidden',
  },
  filled: { height: '100%', background: tokens.colorBrandBackground, transition: 'width 150ms' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    marginTop: '24px',
    paddingTop: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.phone]: {
      position: 'sticky',
      bottom: 0,
      zIndex: 4,
      margin: '24px -16px -24px',
      padding: '12px 16px calc(12px + env(safe-area-inset-bottom))',
      background: tokens.colorNeutralBackground1,
      '& > *': { flex: '1 1 0', minHeight: '44px' },
    },
  },
})

/** Where in a wizard the person is: all steps, or on a phone a counter and a bar. `labels` names the steps. */
export function WizardSteps<Step extends string>({
  wizard,
  labels,
}: {
  wizard: Pick<Wizard<Step, object>, 'step' | 'steps'>
  labels: Readonly<Record<Step, string>>
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const phone = usePhone()
  const { step, steps } = wizard
  const at = steps.indexOf(step)
  if (phone) {
    return (
      <div>
        <p className={styles.counter} aria-live="polite">
          {t('wizard.step', { step: at + 1, steps: steps.length })} · <strong>{labels[step]}</strong>
        </p>
        <div className={styles.bar} aria-hidden>
          <div className={styles.filled} style={{ width: `${((at + 1) / steps.length) * 100}%` }} />
        </div>
      </div>
    )
  }
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className={styles.list}>
        {steps.map((one, index) => (
          <li
            key={one}
            className={mergeClasses(styles.step, index === at && styles.current)}
            {...(index === at ? { 'aria-current': 'step' as const } : {})}
          >
            <span
              className={mergeClasses(
                styles.circle,
                index === at && styles.circleCurrent,
                index < at && styles.circleDone,
              )}
              aria-hidden
            >
              {index < at ? <CheckmarkRegular /> : index + 1}
            </span>
            {labels[one]}
            {index < at && <span className="visually-hidden">({t('wizard.done')})</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The buttons of a wizard: the primary one first, then Back and Cancel; they stay in sight on a phone. */
export function WizardButtons({ children }: { children: ReactNode }) {
  return <div className={useStyles().foot}>{children}</div>
}
