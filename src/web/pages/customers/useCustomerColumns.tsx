import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { NumberText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { AgreementBadge } from './AgreementBadge.tsx'
import type { CustomerRow } from './customer.ts'
import { DomainText } from './DomainText.tsx'

/** The list's columns. Of customers with single subscriptions only, the name is all there is to see. */
export function useCustomerColumns(singles: boolean): readonly Column<CustomerRow>[] {
  const { t, i18n } = useTranslation('customers')
  const formats = useFormats()
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  return useMemo(
    (): readonly Column<CustomerRow>[] => {
      const name: Column<CustomerRow> = {
        key: 'name',
        label: t('column.name'),
        width: 220,
        ...(singles ? {} : { sortBy: 'name' }),
        render: (customer) => <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>,
      }
      const id: Column<CustomerRow> = {
        key: 'id',
        label: t('column.id'),
        width: 200,
        hidden: !singles,
        render: (customer) => <IdText id={customer.id} name={t('column.id')} />,
      }
      const active: Column<CustomerRow> = {
        key: 'active',
        label: t('column.activeSubscriptions'),
        width: 120,
        align: 'end',
        render: (customer) => <NumberText value={customer.activeSubscriptions} />,
      }
      if (singles) return [name, id, active]
      const partners: Column<CustomerRow> = isProvider
        ? {
            key: 'resellers',
            label: t('column.resellers'),
            width: 170,
            render: (customer) => formats.list(customer.resellers.map((reseller) => reseller.name)) || '–',
          }
        : {
            key: 'providers',
            label: t('column.providers'),
            width: 170,
            render: (customer) => formats.list(customer.providers.map((provider) => provider.name)),
          }
      return [
        name,
        partners,
        {
          key: 'agreement',
          label: t('column.agreement'),
          width: 180,
          render: (customer) => <AgreementBadge status={customer.agreement} />,
        },
        {
          key: 'domain',
          label: t('column.domain'),
          width: 270,
          render: (customer) => <DomainText name={customer.primaryDomain} />,
        },
        active,
        {
          key: 'country',
          label: t('column.country'),
          width: 140,
          render: (customer) => formats.country(customer.country),
        },
        ...(isProvider
          ? [
              {
                key: 'relationship',
                label: t('column.relationship'),
                width: 180,
                render: (customer: CustomerRow) => customer.relationship && t(`relationship.${customer.relationship}`),
              },
            ]
          : []),
        id,
      ]
    },
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, formats, isProvider, singles, i18n.language],
  )
}
