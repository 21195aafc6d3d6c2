import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons/svg/open'
import { useTranslation } from 'react-i18next'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type SubscriptionDetail, subscriptionPath } from './subscription.ts'

const useStyles = makeStyles({
  body: { margin: '0 0 12px', maxWidth: '720px', color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: '12px 0 0', padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { flex: '1 1 200px', minWidth: 0 },
  by: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/**
 * For a usage-based service: that the reseller needs owner rights given in the service's own portal, where that is, and whether
 * somebody has confirmed it. Being the reseller claims nothing.
 */
export function OwnerAccess({ subscription }: { subscription: SubscriptionDetail }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'common'])
  const { ownerAccess } = subscription
  if (!ownerAccess) return null
  return (
    <Section title={t('owner.title')}>
      <p className={styles.body}>{t('owner.body')}</p>
      <Button
        as="a"
        href={ownerAccess.consoleUrl}
        target="_blank"
        rel="noreferrer"
        icon={<OpenRegular />}
        iconPosition="after"
      >
        {t('owner.open')} <span className="visually-hidden">({t('common:newTab')})</span>
      </Button>
      {ownerAccess.resellers.length === 0 ? (
        <p className={styles.body}>{t('owner.nobody')}</p>
      ) : (
        <ul className={styles.list}>
          {ownerAccess.resellers.map((reseller) => (
            <li key={reseller.id} className={styles.row}>
              <Owner subscription={subscription} reseller={reseller} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Owner({
  subscription: { customer, id, allowed },
  reseller,
}: {
  subscription: SubscriptionDetail
  reseller: NonNullable<SubscriptionDetail['ownerAccess']>['resellers'][number]
}) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const formats = useFormats()
  const writer = useWrite('/portal/v1/customers')
  const granted = reseller.confirmedAt !== null
  const send = async (method: 'PUT' | 'DELETE') => {
    const answer = await writer.send({
      method,
      path: `${subscriptionPath(customer.id, id)}/owner-grant`,
      body: { resellerId: reseller.id },
    })
    if (answer)
      toast({ text: t(method === 'PUT' ? 'owner.confirmed' : 'owner.withdrawn', { reseller: reseller.name }) })
  }
  return (
    <>
      <span className={styles.name}>
        {reseller.name}
        {reseller.confirmedAt !== null && (
          <div className={styles.by}>
            {t('owner.grantedBy', { name: reseller.confirmedBy ?? '', day: formats.instantDay(reseller.confirmedAt) })}
          </div>
        )}
      </span>
      <StatusBadge tone={granted ? 'success' : 'warning'}>
        {granted ? t('owner.granted') : t('owner.notGranted')}
      </StatusBadge>
      {allowed.confirmOwner.ok && (
        <SubmitButton state={writer.state} appearance="secondary" onPress={() => void send(granted ? 'DELETE' : 'PUT')}>
          {granted ? t('owner.withdraw') : t('owner.confirm')}
        </SubmitButton>
      )}
      <ErrorBar error={writer.error} />
    </>
  )
}
