import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PartnershipDetail } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { DetailColumns } from '../../ui/DetailColumns.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText, NumberText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { partnershipsPath } from './paths.ts'
import { useProviderActions } from './ProvidersPage.tsx'
import { RemovePartnershipDialog } from './RemovePartnershipDialog.tsx'
import { useResellerActions } from './ResellersPage.tsx'
import { RevokeAccessDialog } from './RevokeAccessDialog.tsx'
import { Standing } from './Standing.tsx'

/** One partnership, for either side: who the other side is, what binds the two, and what happened. */
export function PartnershipPage() {
  const { partnershipId = '' } = useParams({ strict: false }) as { partnershipId?: string }
  const { data, error, refetch } = useRead(`${partnershipsPath}/${partnershipId}`, PartnershipDetail)
  if (data) return <Detail partnership={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Detail({ partnership }: { partnership: PartnershipDetail }) {
  const { t } = useTranslation('partnerships')
  const side = useSession().organization.kind === 'provider' ? 'provider' : 'reseller'
  const [asking, setAsking] = useState<'remove' | 'access'>()
  const resellerActions = useResellerActions(() => setAsking('remove'))
  const providerActions = useProviderActions(
    () => setAsking('remove'),
    () => setAsking('access'),
  )
  const actions = (side === 'provider' ? resellerActions : providerActions)(partnership)
  const primary = actions.find((action) => action.key === (side === 'provider' ? 'add' : 'customers'))
  const ended = partnership.state === 'ended'
  return (
    <Page
      title={partnership.name}
      breadcrumb={[
        side === 'provider'
          ? { label: t('title'), href: links.resellers() }
          : { label: t('providers.title'), href: links.providers() },
      ]}
      badges={
        ended ? <StatusBadge tone="neutral">{t('tabs.ended')}</StatusBadge> : <Standing status={partnership.status} />
      }
      primary={ended ? undefined : primary}
      commands={actions.filter((action: Action) => ended || action !== primary)}
      banner={<Banner partnership={partnership} />}
    >
      <DetailColumns
        aside={
          <Section title={t('detail.timeline')}>
            <Events partnership={partnership} />
          </Section>
        }
      >
        <Facts partnership={partnership} side={side} />
      </DetailColumns>
      {asking === 'remove' && (
        <RemovePartnershipDialog
          id={partnership.id}
          name={partnership.name}
          side={side}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'access' && <RevokeAccessDialog partnership={partnership} onClose={() => setAsking(undefined)} />}
    </Page>
  )
}

function Banner({ partnership: { name, state, status, endedAt, endedBySide } }: { partnership: PartnershipDetail }) {
  const { t } = useTranslation('partnerships')
  const formats = useFormats()
  if (state === 'ended' && endedAt) {
    const date = formats.instantDay(endedAt)
    return (
      <Notice tone="warning" title={t('detail.ended')}>
        {endedBySide === 'reseller' ? t('detail.endedByReseller', { date }) : t('detail.endedByProvider', { date })}
      </Notice>
    )
  }
  if (status !== 'agreementMissing' && status !== 'suspended') return null
  return (
    <Notice tone="warning">
      {status === 'suspended' ? t('detail.suspended', { name }) : t('detail.agreementMissing', { name })}{' '}
      <AppLink href={links.help('partner-agreement')} inline>
        {t('detail.agreementHelp')}
      </AppLink>
    </Notice>
  )
}

function Facts({ partnership, side }: { partnership: PartnershipDetail; side: 'provider' | 'reseller' }) {
  const { t } = useTranslation('partnerships')
  const formats = useFormats()
  const { supportEmail, supportPhone, supportWebsite } = partnership
  const shared = links.customers(
    side === 'provider' ? { reseller: partnership.organizationId } : { provider: partnership.organizationId },
  )
  return (
    <>
      <Section title={t('detail.profile')}>
        <FactList
          facts={[
            { label: t('detail.legalName'), value: partnership.legalName },
            {
              label: t('detail.location'),
              value: [partnership.city, formats.country(partnership.country)].filter(Boolean).join(', '),
            },
            { label: t('detail.region'), value: partnership.regionName },
            {
              label: t('detail.mpnId'),
              value: partnership.partnerId && <IdText id={partnership.partnerId} name={t('detail.mpnId')} />,
            },
            {
              label: t('detail.organizationId'),
              value: <IdText id={partnership.organizationId} name={t('detail.organizationId')} />,
            },
            {
              label: t('detail.support'),
              value: [supportEmail, supportPhone, supportWebsite].filter(Boolean).join(' · '),
            },
          ]}
        />
      </Section>
      <Section title={t('detail.shared')}>
        <FactList
          facts={[
            { label: t('detail.since'), value: <InstantText at={partnership.startedAt} dayOnly /> },
            {
              label: t('column.customers'),
              value: (
                <AppLink href={shared}>
                  <NumberText value={partnership.customers} />
                </AppLink>
              ),
            },
            { label: t('column.subscriptions'), value: <NumberText value={partnership.activeSubscriptions} /> },
            { label: t('detail.adminAccess'), value: t(`detail.access.${partnership.providerAdminAccess}`) },
          ]}
        />
      </Section>
      {partnership.status !== null && (
        <Section title={t('detail.program')}>
          <FactList
            facts={[
              {
                label: t('detail.enrollment'),
                value: partnership.enrollment && t(`detail.enrollmentStatus.${partnership.enrollment}`),
              },
              {
                label: t('detail.agreement'),
                value: (
                  <StatusBadge tone={partnership.agreementSigned ? 'success' : 'warning'}>
                    {partnership.agreementSigned ? t('agreement.signed') : t('agreement.missing')}
                  </StatusBadge>
                ),
              },
            ]}
          />
        </Section>
      )}
    </>
  )
}

const events = [
  'requested',
  'accepted',
  'removed',
  'admin_access_revoked',
  'invitation_changed',
  'invitation_extended',
  'invitation_declined',
  'invitation_revoked',
] as const

function Events({ partnership: { timeline } }: { partnership: PartnershipDetail }) {
  const { t } = useTranslation('partnerships')
  return (
    <Timeline
      entries={timeline.map((entry) => {
        const event = events.find((one) => entry.action === `partnership.${one}`)
        return {
          key: entry.id,
          at: entry.at,
          title: event ? t(`detail.event.${event}`) : entry.action,
          who: [entry.by, entry.organization].filter(Boolean).join(', '),
        }
      })}
    />
  )
}
