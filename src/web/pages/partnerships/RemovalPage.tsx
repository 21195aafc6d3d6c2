import { makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { PersonSwapRegular } from '@fluentui/react-icons/svg/person-swap'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PartnershipRemoval } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText, NumberText, useFormats } from '../../ui/formats.tsx'
import { Notice as Message } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { partnershipsPath } from './paths.ts'

const useStyles = makeStyles({
  details: { '& > summary': { cursor: 'pointer', fontWeight: tokens.fontWeightSemibold, padding: '4px 0' } },
  wrap: { overflowX: 'auto', marginTop: '8px' },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    '& th': {
      textAlign: 'left',
      fontWeight: tokens.fontWeightSemibold,
      color: tokens.colorNeutralForeground2,
      padding: '8px 16px 8px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    '& td': {
      padding: '8px 16px 8px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      overflowWrap: 'anywhere',
    },
  },
  more: { color: tokens.colorNeutralForeground3, margin: '8px 0 0' },
  notice: { width: '100%', '& textarea': { minHeight: '260px' } },
  hint: { margin: '0 0 8px', color: tokens.colorNeutralForeground2 },
  copy: { marginTop: '8px' },
})

/** After a partnership ended: what stays as it is and whom it concerns, and a text to write one's own notice from. */
export function RemovalPage() {
  const { partnershipId = '' } = useParams({ strict: false }) as { partnershipId?: string }
  const { data, error, refetch } = useRead(`${partnershipsPath}/${partnershipId}/removal`, PartnershipRemoval)
  if (data) return <Result removal={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Result({ removal }: { removal: PartnershipRemoval }) {
  const { t } = useTranslation('partnerships')
  const formats = useFormats()
  const side = useSession().organization.kind === 'provider' ? 'provider' : 'reseller'
  const mayAssociate = usePermission('customers.associate_reseller')
  const back = side === 'provider' ? links.resellers() : links.providers()
  const crumbs = [
    { label: side === 'provider' ? t('title') : t('providers.title'), href: back },
    {
      label: removal.name,
      href: side === 'provider' ? links.reseller(removal.partnershipId) : links.provider(removal.partnershipId),
    },
  ]
  const title = side === 'provider' ? t('removal.result.title') : t('removal.result.endTitle')
  if (removal.endedAt === null) {
    return (
      <Page title={removal.name} breadcrumb={crumbs}>
        <EmptyState picture="done" title={t('removal.result.notEnded')} />
      </Page>
    )
  }
  return (
    <Page
      title={title}
      breadcrumb={crumbs}
      lead={t('removal.result.lead', { name: removal.name, date: formats.instant(removal.endedAt) })}
      primary={{ key: 'back', label: t('removal.result.back'), href: back }}
      commands={[
        {
          key: 'download',
          label: t('removal.result.download'),
          icon: <ArrowDownloadRegular />,
          href: `${partnershipsPath}/${removal.partnershipId}/removal/export`,
          download: true,
        },
        ...(side === 'provider' && mayAssociate && removal.customers.total > 0
          ? [
              {
                key: 'change',
                label: t('removal.result.changeReseller'),
                icon: <PersonSwapRegular />,
                href: links.customers({ reseller: removal.organizationId }),
              },
            ]
          : []),
      ]}
      banner={
        <Message tone="warning" title={t('removal.result.noNotice')}>
          {t('removal.result.noNoticeBody')}
        </Message>
      }
    >
      <WhatStays removal={removal} side={side} />
      <Notice text={removal.noticeTemplate} />
    </Page>
  )
}

function WhatStays({ removal, side }: { removal: PartnershipRemoval; side: 'provider' | 'reseller' }) {
  const { t } = useTranslation('partnerships')
  const { customers, subscriptionsAsResellerOfRecord: ofRecord, supportContacts, privileges } = removal
  if (customers.total + ofRecord.total + supportContacts.total + privileges.total === 0) {
    return (
      <Section>
        <EmptyState picture="done" title={t('removal.result.none')} />
      </Section>
    )
  }
  const customer = (id: string, name: string) => <AppLink href={links.customerSubscriptions(id)}>{name}</AppLink>
  const subscription = (customerId: string, id: string, title: string) =>
    side === 'provider' ? <AppLink href={links.subscription(customerId, id)}>{title}</AppLink> : title
  return (
    <>
      <Affected
        title={t('removal.result.customers')}
        total={customers.total}
        heads={[t('removal.result.column.customer'), t('removal.result.column.contact')]}
        rows={customers.items.map((one) => [
          one.customerId,
          customer(one.customerId, one.name),
          [one.contactName, one.contactEmail].filter(Boolean).join(', '),
        ])}
      />
      <Affected
        title={t('removal.result.ofRecord')}
        total={ofRecord.total}
        heads={[
          t('removal.result.column.customer'),
          t('removal.result.column.subscription'),
          t('removal.result.column.licenses'),
        ]}
        rows={ofRecord.items.map((one) => [
          one.subscriptionId,
          customer(one.customerId, one.customer),
          subscription(one.customerId, one.subscriptionId, one.title),
          <NumberText key="licenses" value={one.quantity} />,
        ])}
      />
      <Affected
        title={t('removal.result.support')}
        total={supportContacts.total}
        heads={[t('removal.result.column.customer'), t('removal.result.column.subscription')]}
        rows={supportContacts.items.map((one) => [
          one.subscriptionId,
          customer(one.customerId, one.customer),
          subscription(one.customerId, one.subscriptionId, one.title),
        ])}
      />
      <Affected
        title={t('removal.result.privileges')}
        total={privileges.total}
        heads={[
          t('removal.result.column.customer'),
          t('removal.result.column.privilege'),
          t('removal.result.column.until'),
        ]}
        rows={privileges.items.map((one) => [
          `${one.customerId} ${one.name}`,
          customer(one.customerId, one.customer),
          one.name,
          <InstantText key="until" at={one.endsAt} dayOnly />,
        ])}
      />
    </>
  )
}

/** One kind of thing that stays. The first cell of a row is its key. */
function Affected({
  title,
  total,
  heads,
  rows,
}: {
  title: string
  total: number
  heads: readonly string[]
  rows: readonly (readonly [string, ...ReactNode[]])[]
}) {
  const styles = useStyles()
  const { t } = useTranslation('partnerships')
  const formats = useFormats()
  return (
    <Section>
      <details className={styles.details} open={total > 0}>
        <summary>
          {title} ({formats.number(total)})
        </summary>
        {total === 0 ? (
          <p className={styles.more}>{t('removal.result.empty')}</p>
        ) : (
          <div className={styles.wrap}>
            <table className={styles.table} aria-label={title}>
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([key, ...cells]) => (
                  <tr key={key}>
                    {cells.map((cell, place) => (
                      <td key={heads[place]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {total > rows.length && (
          <p className={styles.more}>{t('removal.result.more', { count: total - rows.length })}</p>
        )}
      </details>
    </Section>
  )
}

function Notice({ text }: { text: string }) {
  const styles = useStyles()
  const { t } = useTranslation(['partnerships', 'common'])
  return (
    <Section title={t('removal.result.notice')}>
      <p className={styles.hint}>{t('removal.result.noticeHint')}</p>
      <Textarea
        className={styles.notice}
        readOnly
        value={text}
        resize="vertical"
        aria-label={t('removal.result.noticeText')}
      />
      <div className={styles.copy}>
        <CopyButton
          text={text}
          name={t('removal.result.noticeText')}
          onCopied={() => toast({ text: t('common:copied') })}
        >
          {t('removal.result.copyNotice')}
        </CopyButton>
      </div>
    </Section>
  )
}
