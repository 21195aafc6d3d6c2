import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { DetailColumns } from '../../ui/DetailColumns.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { AddressText } from './AddressText.tsx'
import { AgreementCard } from './AgreementCard.tsx'
import type { Account, Customer } from './customer.ts'
import { CustomerLayout } from './CustomerLayout.tsx'
import { DomainText } from './DomainText.tsx'
import { EditCompanyDialog } from './EditCompanyDialog.tsx'
import { EditContactDialog } from './EditContactDialog.tsx'
import { PrivilegesCard } from './PrivilegesCard.tsx'
import { RemoveRelationshipDialog } from './RemoveRelationshipDialog.tsx'
import { ResellersCard } from './ResellersCard.tsx'

type Asking = 'company' | 'contact' | 'removal'

/** A customer's account: company, contact, agreement, resellers, privileges, and the end of the relationship. */
export function AccountPage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { t } = useTranslation(['customers', 'common'])
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  const [asking, setAsking] = useState<Asking>()
  const mayRemove = usePermission('customers.remove_relationship')
  const removal: Action = {
    key: 'removal',
    label: t('removal.action'),
    icon: <PlugDisconnectedRegular />,
    onPress: () => setAsking('removal'),
    danger: true,
    disabledBecause: mayRemove ? undefined : t('removal.onlyGlobalAdmin'),
  }
  return (
    <CustomerLayout customerId={customerId} tab="account" {...(isProvider ? { commands: [removal] } : {})}>
      {(customer) => {
        const { account } = customer
        if (!account) return null
        const close = () => setAsking(undefined)
        return (
          <>
            <DetailColumns
              aside={
                <>
                  <AgreementCard customer={customer} agreement={account.agreement} />
                  <PrivilegesCard privileges={account.adminRelationships} />
                </>
              }
            >
              <CompanyCard customer={customer} account={account} onEdit={() => setAsking('company')} />
              {account.details ? (
                <ContactCard account={account} contact={account.details.contact} onEdit={() => setAsking('contact')} />
              ) : (
                <NoAccess />
              )}
              <ResellersCard customer={customer} account={account} />
            </DetailColumns>
            {asking === 'company' && account.details && (
              <EditCompanyDialog
                customerId={customer.id}
                version={account.version}
                company={account.details.company}
                onClose={close}
              />
            )}
            {asking === 'contact' && account.details && (
              <EditContactDialog
                customerId={customer.id}
                version={account.version}
                contact={account.details.contact}
                country={account.details.company.country}
                onClose={close}
              />
            )}
            {asking === 'removal' && <RemoveRelationshipDialog customer={customer} onClose={close} />}
          </>
        )
      }}
    </CustomerLayout>
  )
}

function CompanyCard({ customer, account, onEdit }: { customer: Customer; account: Account; onEdit: () => void }) {
  const { t } = useTranslation(['customers', 'common'])
  const formats = useFormats()
  const { organization } = useSession()
  const mayEdit = usePermission('customers.edit_company')
  const company = account.details?.company
  const { relationship } = account
  return (
    <Section
      title={t('account.company')}
      actions={
        company &&
        organization.kind === 'provider' && (
          <ActionButton
            size="small"
            action={{
              key: 'company',
              label: t('account.update'),
              onPress: onEdit,
              disabledBecause: mayEdit ? undefined : t('common:notAllowed.role'),
            }}
          />
        )
      }
    >
      <FactList
        facts={[
          { label: t('account.companyName'), value: customer.name },
          ...(company && company.tenantName !== company.legalName
            ? [
                {
                  label: t('account.tenantName'),
                  value: (
                    <>
                      {company.tenantName}
                      <br />
                      <small>{t('account.tenantNameHint')}</small>
                    </>
                  ),
                },
              ]
            : []),
          { label: t('account.domain'), value: <DomainText name={customer.primaryDomain ?? ''} /> },
          { label: t('account.customerId'), value: <IdText id={customer.id} name={t('account.customerId')} whole /> },
          ...(company
            ? [
                { label: t('account.address'), value: <AddressText company={company} /> },
                {
                  label: company.country === 'TR' ? t('account.taxNumber') : t('account.registration'),
                  value: company.registrationNumber,
                },
                ...(company.country === 'TR' ? [{ label: t('account.taxOffice'), value: company.taxOffice }] : []),
              ]
            : [{ label: t('account.country'), value: customer.country && formats.country(customer.country) }]),
          { label: t('account.segment'), value: t(`form.segments.${account.segment}`) },
          ...(relationship
            ? [
                {
                  label: t('account.relationship'),
                  value:
                    relationship.via === 'created' && organization.kind === 'reseller'
                      ? t('account.createdByProvider')
                      : t(`relationship.${relationship.via}`),
                },
                { label: t('account.since'), value: <InstantText at={relationship.since} dayOnly /> },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function ContactCard({
  account,
  contact,
  onEdit,
}: {
  account: Account
  contact: NonNullable<Account['details']>['contact']
  onEdit: () => void
}) {
  const { t } = useTranslation(['customers', 'common'])
  const mayEdit = usePermission('customers.edit_contact')
  const whyNot = mayEdit ? (account.mayWrite ? undefined : t('noPartnership')) : t('common:notAllowed.role')
  return (
    <Section
      title={t('account.contact')}
      actions={
        <ActionButton
          size="small"
          action={{ key: 'contact', label: t('account.update'), onPress: onEdit, disabledBecause: whyNot }}
        />
      }
    >
      <FactList
        facts={[
          { label: t('account.name'), value: `${contact.firstName} ${contact.lastName}` },
          { label: t('account.email'), value: contact.email },
          { label: t('account.phone'), value: contact.phone },
          { label: t('account.language'), value: t(`common:language.${contact.language}`) },
        ]}
      />
    </Section>
  )
}

/** Instead of what a relationship alone does not show. */
function NoAccess() {
  const { t } = useTranslation('customers')
  const { organization } = useSession()
  const mayAsk = usePermission('customers.request_privileges')
  return (
    <div style={{ marginBottom: '16px' }}>
      <Notice
        tone="info"
        title={t('account.noAccessTitle')}
        actions={organization.kind === 'provider' && mayAsk && <RequestAccess />}
      >
        {t('account.noAccessBody')}
      </Notice>
    </div>
  )
}

function RequestAccess() {
  const { t } = useTranslation('customers')
  const action = { key: 'ask', label: t('account.requestAccess'), href: links.relationshipRequest({ privileges: '1' }) }
  return <ActionButton size="small" action={action} />
}
