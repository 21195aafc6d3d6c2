import { Button } from '@fluentui/react-components'
import { ArrowResetRegular } from '@fluentui/react-icons/svg/arrow-reset'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh, useRead } from '../../query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Clock, clockPath, ClockReply, everything, runsPath } from './clock.ts'
import { ForwardForm } from './ForwardForm.tsx'
import { ResetDialog } from './ResetDialog.tsx'
import { RunLog } from './RunLog.tsx'
import { RunProgress } from './RunProgress.tsx'
import { SimulationForm } from './SimulationForm.tsx'

/** How often the page asks again while the clock is being moved. */
const pollMs = 1_000

/** A sandbox's clock: what time it is there, moving it, what happened on the way, how fulfillment is simulated, and the reset. */
export function SandboxPage() {
  const { t } = useTranslation('sandbox')
  const { data, error, refetch } = useRead(clockPath, ClockReply, undefined, {
    refetchInterval: (clock) => (clock?.run ? pollMs : 60_000),
  })
  if (data?.world === 'production') {
    return (
      <Page title={t('title')}>
        <EmptyState title={t('production.title')}>{t('production.body')}</EmptyState>
      </Page>
    )
  }
  if (data) return <Sandbox clock={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Sandbox({ clock }: { clock: Clock }) {
  const { t } = useTranslation('sandbox')
  const [resetting, setResetting] = useState(false)
  const stop = useWrite(clockPath)
  useArrival(clock.run?.id)
  const { run } = clock
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      commands={[
        {
          key: 'reset',
          label: t('reset.action'),
          icon: <ArrowResetRegular />,
          danger: true,
          onPress: () => setResetting(true),
          disabledBecause: run ? t('forward.busy') : undefined,
        },
      ]}
    >
      <Section>
        <FactList
          facts={[
            { label: t('now'), value: <InstantText at={clock.now} /> },
            { label: t('nextDue'), value: clock.nextDue ? <InstantText at={clock.nextDue} /> : t('nothingDue') },
          ]}
        />
      </Section>
      {run && (
        <RunProgress
          run={run}
          error={stop.error}
          actions={
            <Button
              disabledFocusable={run.stopAsked || stop.busy}
              onClick={() => {
                if (!run.stopAsked) void stop.send({ method: 'POST', path: `${runsPath}/${run.id}/stop` })
              }}
            >
              {run.stopAsked ? t('run.stopping') : t('run.stop')}
            </Button>
          }
        />
      )}
      <ForwardForm clock={clock} />
      <RunLog />
      <SimulationForm key={clock.simulation.version} settings={clock.simulation} />
      {resetting && <ResetDialog onClose={() => setResetting(false)} />}
    </Page>
  )
}

/** Once a run has ended, everything that was read before it is old, the time in the top bar too. */
function useArrival(runId: string | undefined): void {
  const { t } = useTranslation('sandbox')
  const before = useRef(runId)
  useEffect(() => {
    const ended = before.current !== undefined && runId === undefined
    before.current = runId
    if (!ended) return
    void refresh(everything)
    toast({ text: t('run.arrived') })
  }, [runId, t])
}
