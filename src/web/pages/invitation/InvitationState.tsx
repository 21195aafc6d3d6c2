import { makeStyles } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InvitationLanding } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { ActionButton } from '../../ui/actions.tsx'
import type { Action } from '../../ui/actions.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SignedInAs } from './SignedInAs.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px', '& button, & > * > a': { minHeight: '44px' } },
  button: { display: 'flex', flexDirection: 'column' },
})

interface Told {
  readonly tone: 'info' | 'success' | 'warning'
  readonly title: string
  readonly body: string
  readonly action?: Action
  readonly more?: ReactNode
}

/** Why this person cannot accept this link now, and what comes next. */
export function InvitationState({ invitation }: { invitation: InvitationLanding }) {
  const styles = useStyles()
  const told = useTold(invitation)
  return (
    <div className={styles.root}>
      <Notice tone={told.tone} title={told.title} live>
        {told.body}
      </Notice>
      {told.more}
      {told.action && (
        <div className={styles.button}>
          <ActionButton action={told.action} appearance="primary" />
        </div>
      )}
      <SignedInAs />
    </div>
  )
}

function useTold(invitation: InvitationLanding): Told {
  const { t } = useTranslation('invitation')
  const formats = useFormats()
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const { provider, viewer, status } = invitation
  const organization = viewer?.organizationName ?? ''
  const values = { provider: provider.name, organization, date: formats.instantDay(invitation.expiresAt) }
  const help = (topic: 'partner-with-providers' | 'partner-agreement' | 'reseller-requirements', label: string) => ({
    key: 'help',
    label,
    href: links.help(topic),
  })
  const plain = (state: 'expired' | 'revoked' | 'used' | 'declined'): Told => ({
    tone: 'warning',
    title: t(`state.${state}.title`),
    body: t(`state.${state}.body`, values),
  })
  switch (viewer?.reason) {
    case 'alreadyPartners':
      return {
        tone: 'success',
        title: t('state.already.title'),
        body: t('state.already.body', values),
        action: { key: 'open', label: t('accepted.open'), href: links.providers() },
      }
    case 'ownInvitation':
      return {
        tone: 'info',
        title: t('state.own.title'),
        body: t('state.own.body'),
        action: { key: 'requests', label: t('state.own.action'), href: links.partnershipRequests() },
      }
    case 'customerCannotPartner':
      return { tone: 'warning', title: t('state.customer.title'), body: t('state.customer.body') }
    case 'notEnrolledReseller':
      return {
        tone: 'warning',
        title: t('state.notEnrolled.title', values),
        body: t('state.notEnrolled.body', values),
        action: help('reseller-requirements', t('state.notEnrolled.action')),
      }
    case 'partnerSuspended':
      return { tone: 'warning', title: t('state.suspended.title', values), body: t('state.suspended.body') }
    case 'wrongRegion':
      return {
        tone: 'warning',
        title: t('state.region.title', values),
        body: t('state.region.body', { ...values, region: provider.regionName }),
        action: { key: 'find', label: t('state.region.action'), href: links.directory({ region: 'own' }) },
      }
    case 'ownAgreementMissing':
      return {
        tone: 'warning',
        title: t('state.agreement.title', values),
        body: t('state.agreement.body', values),
        action: help('partner-agreement', t('state.agreement.action')),
      }
    case 'globalAdminNeeded':
      return {
        tone: 'warning',
        title: t('state.role.title'),
        body: t('state.role.body'),
        more: (
          <>
            {viewer.globalAdmins.length > 0 && (
              <p style={{ margin: 0 }}>
                {t('state.role.who', { organization, names: formats.list(viewer.globalAdmins) })}
              </p>
            )}
            <CopyButton text={`${location.origin}${links.invitation(token)}`} name={t('title')}>
              {t('state.role.action')}
            </CopyButton>
          </>
        ),
      }
    default:
  }
  if (status === 'accepted') return plain('used')
  if (status === 'revoked' || status === 'declined' || status === 'expired') return plain(status)
  return { tone: 'warning', title: t('state.invalid.title'), body: viewer?.reasonText ?? t('state.invalid.body') }
}
