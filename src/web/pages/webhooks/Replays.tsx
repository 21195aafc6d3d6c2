import { useTranslation } from 'react-i18next'
import { Replays as Shape } from '../../../features/events/wire.ts'
import { useRead } from '../../query.ts'
import { InstantText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { webhooksPath } from './webhook.ts'

const texts = { running: 'running', done: 'finished', limited: 'limited' } as const

/** How far the latest replays are; nothing when there was none. */
export function Replays({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks')
  const { data } = useRead(`${webhooksPath}/${webhookId}/replays`, Shape, undefined, {
    refetchInterval: (read) => (read?.items.some(({ status }) => status === 'running') ? 2_000 : false),
  })
  if (!data || data.items.length === 0) return null
  return (
    <Section title={t('replay.list')}>
      <ul style={{ margin: 0, paddingLeft: '20px' }}>
        {data.items.slice(0, 5).map(({ id, status, queued, requestedAt, requestedBy }) => (
          <li key={id}>
            <InstantText at={requestedAt} />, {requestedBy}: {t(`replay.${texts[status]}`, { count: queued })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
