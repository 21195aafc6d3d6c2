import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Notification } from '../../../features/notifications/wire.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { type Action } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { DateText, InstantText } from '../../ui/formats.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'

const path = '/portal/v1/action-center'
const tabs = ['actions', 'notifications', 'completed', 'archived'] as const

const useStyles = makeStyles({
  unread: { fontWeight: tokens.fontWeightSemibold },
  dot: {
    display: 'inline-block',
    width: '8px',
    height: '8px',
    marginRight: '8px',
    borderRadius: '50%',
    background: tokens.colorBrandForeground1,
  },
  due: { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
})

/** What a person should do and know, and what became of it. */
export function ActionCenterPage() {
  const { t } = useTranslation('actionCenter')
  const [url] = useUrlState({ tab: tabs })
  const asked = url.tab === 'completed' || url.tab === 'archived' ? { list: url.tab } : { list: 'open', group: url.tab }
  const list = usePagedList(path, Notification, asked)
  const writer = useWrite(path)
  const columns = useColumns(url.tab, (notification) => {
    if (!notification.read) void writer.send({ method: 'POST', path: `${path}/${notification.id}/read`, body: {} })
  })
  const archive = async ({ id }: Notification) => {
    const done = await writer.send({ method: 'POST', path: `${path}/${id}/archive`, body: {} })
    if (done) toast({ text: t('archivedToast') })
  }
  const rowActions = (notification: Notification): readonly Action[] => [
    ...(notification.read
      ? []
      : [
          {
            key: 'read',
            label: t('read'),
            onPress: () => void writer.send({ method: 'POST', path: `${path}/${notification.id}/read`, body: {} }),
          },
        ]),
    ...(notification.archived
      ? []
      : [
          {
            key: 'archive',
            label: t('archive'),
            onPress: () => void archive(notification),
            disabledBecause: notification.archivable ? undefined : t('archiveMandatory'),
          },
        ]),
  ]
  return (
    <Page title={t('title')} lead={t('lead')}>
      <LinkTabs
        label={t('tabs')}
        current={url.tab}
        tabs={tabs.map((tab) => ({
          key: tab,
          label: t(`tab.${tab}`),
          href: links.actionCenter(tab === 'actions' ? {} : { tab }),
        }))}
      />
      {writer.error ? <ErrorBar error={writer.error} /> : null}
      <DataList
        key={url.tab}
        name={`actionCenter.${url.tab}`}
        label={t(`tab.${url.tab}`)}
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ text }) => text}
        rowActions={rowActions}
        empty={
          <EmptyState picture="done" title={t(`empty.${url.tab}`)}>
            {url.tab === 'actions'
              ? t('empty.actionsBody')
              : url.tab === 'notifications'
                ? t('empty.notificationsBody')
                : null}
          </EmptyState>
        }
      />
    </Page>
  )
}

const tones = { mandatory: 'danger', recommended: 'info', transactional: 'neutral', promotional: 'neutral' } as const

function useColumns(
  tab: (typeof tabs)[number],
  onOpen: (notification: Notification) => void,
): readonly Column<Notification>[] {
  const styles = useStyles()
  const { t, i18n } = useTranslation('actionCenter')
  return useMemo(
    (): readonly Column<Notification>[] => [
      {
        key: 'text',
        label: t('column.text'),
        width: 420,
        render: (notification) => (
          <span className={mergeClasses(!notification.read && styles.unread)}>
            {!notification.read && <span className={styles.dot} role="img" aria-label={t('unread')} />}
            {/* The click goes on to the link, whose page stays; the mark is made beside it. */}
            <span onClickCapture={() => onOpen(notification)}>
              <AppLink href={notification.link}>{notification.text}</AppLink>
            </span>
          </span>
        ),
      },
      {
        key: 'class',
        label: t('column.class'),
        width: 150,
        render: ({ class: of }) => <StatusBadge tone={tones[of]}>{t(`class.${of}`)}</StatusBadge>,
      },
      ...(tab === 'notifications'
        ? []
        : [
            {
              key: 'due',
              label: t('column.due'),
              width: 190,
              render: ({ dueOn, completedAt }: Notification) =>
                dueOn === null ? (
                  t('noDue')
                ) : (
                  <span className={styles.due}>
                    <DateText day={dueOn} />
                    {completedAt === null && dueOn < today() && <StatusBadge tone="danger">{t('overdue')}</StatusBadge>}
                  </span>
                ),
            },
          ]),
      { key: 'at', label: t('column.at'), width: 170, render: ({ createdAt }) => <InstantText at={createdAt} /> },
      ...(tab === 'completed'
        ? [
            {
              key: 'completed',
              label: t('column.completed'),
              width: 170,
              render: ({ completedAt }: Notification) =>
                completedAt === null ? null : <InstantText at={completedAt} />,
            },
          ]
        : []),
    ],
    // `t` stays the same function when the language changes; what opening does never changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, styles, tab, i18n.language],
  )
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
