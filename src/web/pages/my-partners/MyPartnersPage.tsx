import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { ConfirmDialog, DialogBox } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { RoleNames } from '../customers/RoleNames.tsx'
import { AgreementText } from '../partnerships/AgreementText.tsx'

const path = '/portal/v1/my-partners'

const Partner = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['provider', 'reseller']),
  city: z.string(),
  country: z.string(),
  supportEmail: z.string(),
  supportPhone: z.string(),
  relationshipSince: z.nullable(z.string()),
  manages: z.array(z.object({ providerName: z.string(), since: z.string() })),
  subscriptionsAsReseller: z.number(),
  subscriptionsAsSupportContact: z.number(),
  privileges: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()), endsAt: z.string() })),
})
type Partner = z.infer<typeof Partner>

const MyPartners = z.object({
  agreement: z.object({
    status: z.enum(['attested', 'direct', 'missing']),
    acceptedOn: z.nullable(z.string()),
    acceptedBy: z.nullable(z.string()),
    version: z.string(),
    text: z.string(),
  }),
  partners: z.array(Partner),
})
type Agreement = z.infer<typeof MyPartners>['agreement']

const useStyles = makeStyles({
  meta: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  rights: { listStyleType: 'none', margin: 0, padding: 0 },
  right: { padding: '12px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  what: { color: tokens.colorNeutralForeground2 },
})

/** A customer's partners, and what each may do: one right beside the other, none following from another. */
export function MyPartnersPage() {
  const { t } = useTranslation('relationships')
  const { organization } = useSession()
  const { data, error, refetch } = useRead(path, MyPartners)
  return (
    <Page title={t('mine.title')} lead={t('mine.lead', { customer: organization.name })}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <BlockSkeleton lines={8} />
      ) : (
        <>
          <AgreementSection agreement={data.agreement} />
          {data.partners.length === 0 ? (
            <Section>
              <EmptyState picture="people" title={t('mine.empty')}>
                {t('mine.emptyBody')}
              </EmptyState>
            </Section>
          ) : (
            data.partners.map((partner) => <PartnerSection key={partner.id} partner={partner} />)
          )}
        </>
      )}
    </Page>
  )
}

function PartnerSection({ partner }: { partner: Partner }) {
  const styles = useStyles()
  const { t } = useTranslation('relationships')
  const formats = useFormats()
  const support = [partner.supportEmail, partner.supportPhone].filter((one) => one !== '').join(', ')
  return (
    <Section title={partner.name} actions={<StatusBadge tone="info">{t(`mine.kind.${partner.kind}`)}</StatusBadge>}>
      <p className={styles.meta}>
        {[partner.city, formats.country(partner.country)].filter(Boolean).join(', ')}
        {support !== '' && (
          <>
            <br />
            {t('mine.support')}: {support}
          </>
        )}
      </p>
      <ul className={styles.rights} aria-label={t('mine.rights')}>
        {useRights(partner).map(({ key, title, what }) => (
          <li key={key} className={styles.right}>
            <div className={styles.title}>{title}</div>
            <div className={styles.what}>{what}</div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Each right of a partner: what it is, and what that means. */
function useRights(partner: Partner) {
  const { t } = useTranslation('relationships')
  const formats = useFormats()
  return [
    ...(partner.relationshipSince && partner.kind === 'provider'
      ? [
          {
            key: 'relationship',
            title: t('mine.relationshipSince', { date: formats.instantDay(partner.relationshipSince) }),
            what: t('mine.relationshipWhat'),
          },
        ]
      : []),
    ...partner.manages.map(({ providerName, since }) => ({
      key: `manages ${providerName}`,
      title: t('mine.manages', { provider: providerName, date: formats.instantDay(since) }),
      what: t('mine.managesWhat', { provider: providerName }),
    })),
    ...(partner.subscriptionsAsReseller > 0
      ? [
          {
            key: 'reseller',
            title: t('mine.reseller', { count: partner.subscriptionsAsReseller }),
            what: t('mine.resellerWhat'),
          },
        ]
      : []),
    ...(partner.subscriptionsAsSupportContact > 0
      ? [
          {
            key: 'supporter',
            title: t('mine.supporter', { count: partner.subscriptionsAsSupportContact }),
            what: t('mine.supporterWhat'),
          },
        ]
      : []),
    ...partner.privileges.map((one) => ({
      key: one.id,
      title: t('mine.privileges', { name: one.name }),
      what: (
        <>
          <RoleNames roles={one.roles} />. {t('mine.privilegesUntil', { date: formats.instantDay(one.endsAt) })}
        </>
      ),
    })),
  ]
}

function AgreementSection({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation('relationships')
  const formats = useFormats()
  const mayAccept = usePermission('customers.accept_relationship')
  const [asking, setAsking] = useState<'read' | 'accept'>()
  const { status, acceptedBy, acceptedOn } = agreement
  const values = { name: acceptedBy ?? '', date: acceptedOn ? formats.date(acceptedOn) : '' }
  const close = () => setAsking(undefined)
  return (
    <Section title={t('mine.agreement')}>
      <Notice
        tone={status === 'missing' ? 'warning' : 'success'}
        actions={
          <>
            {status !== 'direct' && (
              <ActionButton
                size="small"
                appearance={status === 'missing' ? 'primary' : 'secondary'}
                action={{
                  key: 'accept',
                  label: t('mine.acceptAgreement'),
                  onPress: () => setAsking('accept'),
                  disabledBecause: mayAccept ? undefined : t('mine.onlyGlobalAdmin'),
                }}
              />
            )}
            <Button size="small" appearance="subtle" onClick={() => setAsking('read')}>
              {t('mine.readAgreement')}
            </Button>
          </>
        }
      >
        {status === 'missing'
          ? t('mine.agreementMissing')
          : status === 'direct'
            ? t('mine.agreementAccepted', values)
            : t('mine.agreementAttested', values)}
      </Notice>
      {asking === 'accept' && <AcceptDialog agreement={agreement} onClose={close} />}
      {asking === 'read' && <ReadDialog agreement={agreement} onClose={close} />}
    </Section>
  )
}

function ReadDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const { t } = useTranslation(['relationships', 'common'])
  return (
    <DialogBox
      wide
      title={t('mine.agreement')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common:action.close')}</Button>}
    >
      <div>
        <AgreementText text={agreement.text} />
      </div>
    </DialogBox>
  )
}

function AcceptDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const { t } = useTranslation('relationships')
  const { organization } = useSession()
  const writer = useWrite(path, '/portal/v1/action-center', '/portal/v1/home')
  const [ticked, setTicked] = useState(false)
  const confirm = async () => {
    const body = { agreement: ticked, version: agreement.version }
    if (!(await writer.send({ method: 'POST', path: '/portal/v1/my-agreement', body }))) return
    toast({ text: t('mine.accepted') })
    onClose()
  }
  return (
    <ConfirmDialog
      wide
      title={t('mine.acceptAgreement')}
      confirm={t('landing.accept')}
      state={writer.state}
      error={writer.error}
      disabledBecause={ticked ? undefined : t('mine.tickFirst')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <div>
        <AgreementText text={agreement.text} />
      </div>
      <Checkbox
        required
        checked={ticked}
        label={t('mine.acceptTick', { version: agreement.version, customer: organization.name })}
        onChange={(_, { checked }) => setTicked(checked === true)}
      />
    </ConfirmDialog>
  )
}
