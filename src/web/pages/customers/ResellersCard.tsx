import { Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Account, type Customer, customersPath, useResellerChoices } from './customer.ts'

type Reseller = Account['resellers'][number]

const useStyles = makeStyles({
  field: { gridTemplateColumns: 'minmax(0, 1fr)', '& select': { minWidth: 0 } },
  lead: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  who: { flex: '1 1 240px', minWidth: 0 },
  name: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  meta: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** Which resellers manage the account; a provider associates and removes them, a reseller sees itself. */
export function ResellersCard({ customer, account }: { customer: Customer; account: Account }) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common'])
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  const mayAssociate = usePermission('customers.associate_reseller')
  const [asking, setAsking] = useState<'associate' | Reseller>()
  const whyNot = mayAssociate ? undefined : t('common:notAllowed.role')
  const close = () => setAsking(undefined)
  return (
    <Section
      title={t('resellersCard.title')}
      actions={
        isProvider && (
          <ActionButton
            size="small"
            action={{
              key: 'associate',
              label: t('resellersCard.associate'),
              onPress: () => setAsking('associate'),
              disabledBecause: whyNot,
            }}
          />
        )
      }
    >
      <p className={styles.lead}>
        {account.resellers.length === 0 ? t('resellersCard.empty') : t('resellersCard.lead')}
      </p>
      <ul className={styles.list}>
        {account.resellers.map((reseller) => (
          <li key={reseller.id} className={styles.row}>
            <div className={styles.who}>
              <div className={styles.name}>
                <strong>{reseller.name}</strong>
                {reseller.partnerId}
                {!reseller.partnershipActive && <StatusBadge tone="neutral">{t('resellersCard.ended')}</StatusBadge>}
              </div>
              <div className={styles.meta}>
                {t('resellersCard.since')} <InstantText at={reseller.since} dayOnly />
                {reseller.grantedBy !== '' && ` ${t('resellersCard.grantedBy', { name: reseller.grantedBy })}`}
              </div>
            </div>
            {isProvider && (
              <ActionButton
                size="small"
                appearance="subtle"
                action={{
                  key: 'remove',
                  label: t('resellersCard.removeOf', { name: reseller.name }),
                  onPress: () => setAsking(reseller),
                  danger: true,
                  disabledBecause: whyNot,
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {asking === 'associate' && <AssociateDialog customer={customer} account={account} onClose={close} />}
      {asking && asking !== 'associate' && <RemoveDialog customer={customer} reseller={asking} onClose={close} />}
    </Section>
  )
}

function AssociateDialog({
  customer,
  account,
  onClose,
}: {
  customer: Customer
  account: Account
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common', 'fieldRules'])
  const choices = useResellerChoices()
  const writer = useWrite(customersPath)
  const [resellerId, setResellerId] = useState('')
  const [missing, setMissing] = useState(false)
  const others = (choices ?? []).filter((one) => !account.resellers.some((has) => has.id === one.resellerId))
  const write = { method: 'POST', path: `${customersPath}/${customer.id}/resellers`, body: { resellerId } } as const
  const submit = async () => {
    if (resellerId === '') return setMissing(true)
    if (!(await writer.send(write))) return
    const name = others.find((one) => one.resellerId === resellerId)?.name ?? ''
    toast({ text: t('resellersCard.associated', { name }) })
    onClose()
  }
  const none = choices !== undefined && others.length === 0
  return (
    <ConfirmDialog
      title={t('resellersCard.dialogTitle')}
      confirm={t('resellersCard.submit')}
      state={writer.state}
      error={writer.error}
      disabledBecause={none ? t('resellersCard.noChoice') : undefined}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t('resellersCard.dialogBody', { customer: customer.name })}</p>
      {none ? (
        <AppLink href={links.requestPartnership()}>{t('resellersCard.noChoice')}</AppLink>
      ) : (
        <Field
          className={styles.field}
          label={t('resellersCard.choose')}
          required
          {...(missing ? { validationMessage: t('fieldRules:required'), validationState: 'error' as const } : {})}
        >
          <Select
            value={resellerId}
            onChange={(_, { value }) => {
              setResellerId(value)
              setMissing(false)
            }}
          >
            <option value="">{t('common:form.chooseOne')}</option>
            {others.map((one) => (
              <option key={one.resellerId} value={one.resellerId} disabled={!one.selectable}>
                {one.selectable
                  ? `${one.name} (${one.partnerId})`
                  : t('form.resellerBarred', { name: one.name, reason: one.reasonText ?? '' })}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}

function RemoveDialog({
  customer,
  reseller,
  onClose,
}: {
  customer: Customer
  reseller: Reseller
  onClose: () => void
}) {
  const { t } = useTranslation('customers')
  const writer = useWrite(customersPath)
  const write = { method: 'DELETE', path: `${customersPath}/${customer.id}/resellers/${reseller.id}` } as const
  const { name } = reseller
  const confirm = async () => {
    if (!(await writer.send(write))) return
    toast({ text: t('resellersCard.removed', { name }) })
    onClose()
  }
  return (
    <ConfirmDialog
      danger
      title={t('resellersCard.removeTitle', { name })}
      confirm={t('resellersCard.remove')}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t('resellersCard.removeBody', { name, customer: customer.name })}</p>
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
