import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { useTranslation } from 'react-i18next'
import type { SetupStep } from '../../../features/overview/rules.ts'
import type { Home } from '../../../features/overview/wire.ts'
import type { Permission } from '../../../kernel/permissions.ts'
import { links } from '../../links.ts'
import { may, useSession } from '../../session.ts'
import { type Action, ActionButton } from '../../ui/actions.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'

const useStyles = makeStyles({
  lead: { margin: '0 0 16px', color: tokens.colorNeutralForeground2 },
  steps: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, listStyleType: 'none' },
  step: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '16px',
    rowGap: '8px',
    padding: '16px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [media.phone]: { gridTemplateColumns: '32px minmax(0, 1fr)', columnGap: '12px' },
  },
  number: {
    display: 'grid',
    placeItems: 'center',
    width: '32px',
    height: '32px',
    borderRadius: '50%',
    border: `2px solid ${tokens.colorBrandStroke1}`,
    color: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
  later: { border: `2px solid ${tokens.colorNeutralStroke1}`, color: tokens.colorNeutralForeground2 },
  check: { color: tokens.colorStatusSuccessForeground1 },
  heading: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  body: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    [media.phone]: { gridColumn: '2', '& > *': { minHeight: '44px' } },
  },
})

/** The three steps of a new provider in their order, each done or to do, with the way to it. */
export function SetupChecklist({ steps }: { steps: NonNullable<Home['checklist']> }) {
  const styles = useStyles()
  const { t } = useTranslation('home')
  const writer = useWrite('/portal/v1/home')
  const next = steps.find(({ done }) => !done)?.step
  const done = steps.filter((step) => step.done).length
  const markReviewed = async () => {
    const marked = await writer.send({ method: 'POST', path: '/portal/v1/home/profile-review', body: {} })
    if (marked) toast({ text: t('setup.reviewed') })
  }
  return (
    <Section title={t('setup.title')} actions={<span>{t('setup.progress', { done, steps: steps.length })}</span>}>
      <p className={styles.lead}>{t('setup.lead')}</p>
      {writer.error ? <ErrorBar error={writer.error} /> : null}
      <ol className={styles.steps}>
        {steps.map(({ step, done: isDone }, place) => (
          <li key={step} className={styles.step} {...(step === next ? { 'aria-current': 'step' as const } : {})}>
            {isDone ? (
              <CheckmarkCircleFilled className={styles.check} fontSize={32} aria-hidden />
            ) : (
              <span className={mergeClasses(styles.number, step !== next && styles.later)} aria-hidden>
                {place + 1}
              </span>
            )}
            <div>
              <div className={styles.heading}>
                <h3 className={styles.title}>{t(`setup.${step}.title`)}</h3>
                <StatusBadge tone={isDone ? 'success' : 'neutral'}>
                  {t(isDone ? 'setup.done' : 'setup.pending')}
                </StatusBadge>
              </div>
              <p className={styles.body}>{t(`setup.${step}.body`)}</p>
            </div>
            <StepActions step={step} done={isDone} isNext={step === next} onReviewed={() => void markReviewed()} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

const ways: Readonly<Record<SetupStep, { readonly href: string; readonly needs: Permission }>> = {
  profile: { href: links.profile(), needs: 'profile.read' },
  resellers: { href: links.requestPartnership(), needs: 'partnerships.request' },
  customers: { href: links.newCustomer(), needs: 'customers.add' },
}

function StepActions({
  step,
  done,
  isNext,
  onReviewed,
}: {
  step: SetupStep
  done: boolean
  isNext: boolean
  onReviewed: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['home', 'common'])
  const session = useSession()
  if (done) return <span />
  const { href, needs } = ways[step]
  const barred = may(session, needs) ? undefined : t('common:notAllowed.role')
  const go: Action = { key: 'go', label: t(`setup.${step}.action`), href, disabledBecause: barred }
  return (
    <div className={styles.actions}>
      {step === 'profile' && (
        <ActionButton
          action={{ key: 'mark', label: t('setup.profile.mark'), onPress: onReviewed, disabledBecause: barred }}
          appearance="subtle"
        />
      )}
      <ActionButton action={go} appearance={isNext ? 'primary' : 'secondary'} />
    </div>
  )
}
