import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TestSent, Webhook } from '../../../features/events/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText, NumberText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { DeliveryLog } from './DeliveryLog.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'
import { Replays } from './Replays.tsx'
import { SecretOnceDialog } from './SecretOnceDialog.tsx'
import { type OneTimeSecret, webhooksPath, withSecret } from './webhook.ts'
import { WebhookDialog } from './WebhookDialog.tsx'
import { WebhookStateBadge } from './WebhookStateBadge.tsx'

/** One webhook: what it gets, how it fares, and everything that was sent to it in the last 30 days. */
export function WebhookPage() {
  const { webhookId = '' } = useParams({ strict: false }) as { webhookId?: string }
  const { data, error, refetch } = useRead(`${webhooksPath}/${webhookId}`, Webhook)
  if (data) return <Shown webhook={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Shown({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation(['webhooks', 'common', 'refusals'])
  const [asking, setAsking] = useState<'edit' | 'rotate' | 'remove' | 'replay'>()
  const [once, setOnce] = useState<OneTimeSecret>()
  const writer = useWrite(webhooksPath)
  const path = `${webhooksPath}/${webhook.id}`
  const close = () => setAsking(undefined)
  const isOff = webhook.enabled ? undefined : t('refusals:webhookDisabled')
  const { url, description, types, enabled, version } = webhook

  const sendTest = async () => {
    const done = await writer.send({ method: 'POST', path: `${path}/test`, body: {}, reply: TestSent })
    if (done) toast({ text: t('test.done') })
  }
  const toggle = async () => {
    const body = { url, description, types, enabled: !enabled, version }
    const done = await writer.send({ method: 'PUT', path, body, reply: Webhook })
    if (done) toast({ text: enabled ? t('toggle.doneOff') : t('toggle.doneOn') })
  }
  return (
    <Page
      title={new URL(url).host}
      breadcrumb={[{ label: t('title'), href: links.webhooks() }]}
      badges={<WebhookStateBadge webhook={webhook} />}
      lead={description === '' ? undefined : description}
      primary={{ key: 'test', label: t('test.action'), onPress: () => void sendTest(), disabledBecause: isOff }}
      commands={[
        { key: 'edit', label: t('edit'), onPress: () => setAsking('edit') },
        { key: 'toggle', label: enabled ? t('toggle.off') : t('toggle.on'), onPress: () => void toggle() },
        { key: 'rotate', label: t('rotate.action'), onPress: () => setAsking('rotate') },
        { key: 'replay', label: t('replay.action'), onPress: () => setAsking('replay'), disabledBecause: isOff },
        { key: 'remove', label: t('remove.action'), onPress: () => setAsking('remove'), danger: true },
      ]}
      banner={
        webhook.disabledBecause !== null && webhook.disabledBecause !== 'person' ? (
          <Notice tone="error">{t(`off.${webhook.disabledBecause}`)}</Notice>
        ) : undefined
      }
    >
      {writer.error && asking === undefined ? <ErrorBar error={writer.error} /> : null}
      <Section title={t('detail')}>
        <FactList
          facts={[
            { label: t('column.url'), value: url },
            { label: t('column.types'), value: types.length === 0 ? t('allTypes') : types.join(', ') },
            { label: t('column.createdAt'), value: <InstantText at={webhook.createdAt} /> },
            {
              label: t('failures'),
              value: webhook.failures > 0 ? <NumberText value={webhook.failures} /> : t('noFailures'),
            },
            {
              label: t('failingSince'),
              value: webhook.failingSince && <InstantText at={webhook.failingSince} />,
            },
            {
              label: t('previousUntil'),
              value: webhook.previousSecretUntil && <InstantText at={webhook.previousSecretUntil} />,
            },
          ]}
        />
      </Section>
      <Replays webhookId={webhook.id} />
      <Section title={t('log.title')}>
        <DeliveryLog webhook={webhook} />
      </Section>
      {asking === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
      {asking === 'replay' && <ReplayDialog webhookId={webhook.id} onClose={close} />}
      {asking === 'rotate' && (
        <RotateDialog
          path={path}
          onRotated={(shown) => {
            close()
            setOnce(shown)
          }}
          onClose={close}
        />
      )}
      {asking === 'remove' && <RemoveDialog path={path} host={new URL(url).host} onClose={close} />}
      {once && <SecretOnceDialog shown={once} onClose={() => setOnce(undefined)} />}
    </Page>
  )
}

function RotateDialog({
  path,
  onRotated,
  onClose,
}: {
  path: string
  onRotated: (shown: OneTimeSecret) => void
  onClose: () => void
}) {
  const { t } = useTranslation('webhooks')
  const writer = useWrite(webhooksPath)
  const write = { method: 'POST', path: `${path}/secret`, body: {} } as const
  const rotate = async () => {
    const answer = await writer.send({ ...write, reply: withSecret })
    if (answer) onRotated({ reason: 'rotated', secret: answer.reply.secret })
  }
  return (
    <ConfirmDialog
      title={t('rotate.title')}
      confirm={t('rotate.action')}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void rotate()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t('rotate.body')}</p>
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}

function RemoveDialog({ path, host, onClose }: { path: string; host: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks')
  const navigate = useNavigate()
  // Its page is left first, so that what is gone is not read again.
  const writer = useWrite()
  const write = { method: 'DELETE', path, body: {} } as const
  const remove = async () => {
    if (!(await writer.send(write))) return
    toast({ text: t('remove.done', { host }) })
    await navigate({ href: links.webhooks() })
  }
  return (
    <ConfirmDialog
      danger
      title={t('remove.title', { host })}
      confirm={t('remove.action')}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t('remove.body')}</p>
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
