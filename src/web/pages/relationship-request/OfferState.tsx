import { makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { ActionButton } from '../../ui/actions.tsx'
import type { Action } from '../../ui/actions.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Offer } from './offer.ts'
import { SignedInAs } from './SignedInAs.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px' },
  button: { display: 'flex', flexDirection: 'column', '& > *': { minHeight: '44px' } },
})

interface Told {
  readonly tone: 'info' | 'warning' | 'success'
  readonly title?: string
  readonly body: string
  readonly action?: Action
}

/** Why this person cannot answer this link now, and what comes next. */
export function OfferState({ offer, token }: { offer: Offer; token: string }) {
  const styles = useStyles()
  const told = useTold(offer, token)
  return (
    <div className={styles.root}>
      <Notice tone={told.tone} live {...(told.title ? { title: told.title } : {})}>
        {told.body}
      </Notice>
      {told.action && (
        <div className={styles.button}>
          <ActionButton action={told.action} appearance="primary" />
        </div>
      )}
      <SignedInAs />
    </div>
  )
}

function useTold(offer: Offer, token: string): Told {
  const { t } = useTranslation(['relationships', 'refusals'])
  const formats = useFormats()
  const { state, viewer } = offer
  const toPartners = { key: 'partners', label: t('landing.toPartners'), href: links.myPartners() }
  if (viewer && viewer.reason === null) {
    return { tone: 'success', body: t('landing.accepted', { provider: offer.provider.name }), action: toPartners }
  }
  if (viewer?.reason === 'customerAccountNeeded') {
    const organization = viewer.organizationName
    return { tone: 'info', title: t('landing.forCustomers'), body: t('landing.forCustomersBody', { organization }) }
  }
  if (state !== 'issued' && state !== 'opened') return { tone: 'warning', body: t(`landing.state.${state}`) }
  if (!viewer) {
    const action = { key: 'signIn', label: t('landing.signIn'), href: links.signIn(links.relationship(token)) }
    return { tone: 'info', body: t('landing.signInBody'), action }
  }
  const organization = viewer.organizationName
  switch (viewer.reason) {
    case 'globalAdminNeeded':
      return {
        tone: 'warning',
        title: t('refusals:globalAdminNeeded'),
        body:
          viewer.globalAdmins.length > 0
            ? t('landing.whoCan', { organization, names: formats.list(viewer.globalAdmins) })
            : t('landing.whoCanUnknown', { organization }),
      }
    case 'relationshipExists':
      return { tone: 'success', body: t('refusals:relationshipExists'), action: toPartners }
    case 'customerOutsideRegion':
      return { tone: 'warning', body: t('refusals:customerOutsideRegion') }
    case 'ownCustomer':
      return { tone: 'warning', body: t('refusals:ownCustomer') }
    default:
      return { tone: 'warning', body: t('refusals:accessDenied') }
  }
}
