import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostWebhooks } from '../../../features/events/rules.ts'
import { Webhook } from '../../../features/events/wire.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { SecretOnceDialog } from './SecretOnceDialog.tsx'
import { type OneTimeSecret, webhooksPath } from './webhook.ts'
import { WebhookDialog } from './WebhookDialog.tsx'
import { WebhookStateBadge } from './WebhookStateBadge.tsx'

/** Where the organization's events are sent; for Global admins. */
export function WebhooksPage() {
  const { t } = useTranslation(['webhooks', 'refusals'])
  const list = usePagedList(webhooksPath, Webhook)
  const columns = useColumns()
  const [adding, setAdding] = useState(false)
  const [once, setOnce] = useState<OneTimeSecret>()
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={{
        key: 'add',
        label: t('add'),
        icon: <AddRegular />,
        onPress: () => setAdding(true),
        disabledBecause:
          list.rows.length >= mostWebhooks ? t('refusals:tooManyWebhooks', { max: mostWebhooks }) : undefined,
      }}
    >
      <DataList
        name="webhooks"
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ url }) => url}
        empty={
          <EmptyState title={t('empty.title')} actions={<Button onClick={() => setAdding(true)}>{t('add')}</Button>}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {adding && (
        <WebhookDialog
          onAdded={(shown) => {
            setAdding(false)
            setOnce(shown)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {once && <SecretOnceDialog shown={once} onClose={() => setOnce(undefined)} />}
    </Page>
  )
}

function useColumns(): readonly Column<Webhook>[] {
  const { t, i18n } = useTranslation('webhooks')
  return useMemo(
    (): readonly Column<Webhook>[] => [
      {
        key: 'url',
        label: t('column.url'),
        width: 360,
        render: ({ id, url, description }) => (
          <>
            <AppLink href={links.webhook(id)}>{url}</AppLink>
            {description !== '' && <div>{description}</div>}
          </>
        ),
      },
      {
        key: 'state',
        label: t('column.state'),
        width: 200,
        render: (webhook) => <WebhookStateBadge webhook={webhook} />,
      },
      {
        key: 'types',
        label: t('column.types'),
        width: 260,
        render: ({ types }) => (types.length === 0 ? t('allTypes') : types.join(', ')),
      },
      {
        key: 'at',
        label: t('column.createdAt'),
        width: 170,
        render: ({ createdAt }) => <InstantText at={createdAt} />,
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language],
  )
}
