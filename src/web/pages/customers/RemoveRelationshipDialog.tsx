import { makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { links } from '../../links.ts'
import { queryClient, useRead } from '../../query.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { AppLink, useGo } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Customer, customersPath } from './customer.ts'

const Removal = z.object({
  blockers: z.array(
    z.object({ subscriptionId: z.string(), title: z.string(), friendlyName: z.string(), quantity: z.number() }),
  ),
  total: z.number(),
})

const useStyles = makeStyles({ list: { margin: '4px 0', paddingLeft: '20px' } })

/** Removes the relationship with a customer, or lists the active subscriptions in the way. */
export function RemoveRelationshipDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common'])
  const go = useGo()
  const path = `${customersPath}/${customer.id}/removal`
  const removal = useRead(path, Removal)
  const writer = useWrite()
  const write = { method: 'POST', path, body: {} } as const
  const total = removal.data?.total
  const confirm = async () => {
    if (!(await writer.send(write))) return
    toast({ text: t('removal.done', { customer: customer.name }) })
    go(links.customers())
    // What was read of the customer is no longer true, and asking for it again would find nothing.
    queryClient.removeQueries({ predicate: ({ queryKey: [read] }) => String(read).startsWith(customersPath) })
  }
  return (
    <ConfirmDialog
      danger
      title={t('removal.title', { customer: customer.name })}
      confirm={t('removal.confirm')}
      cancel={t('common:action.no')}
      state={writer.state}
      error={writer.error}
      disabledBecause={
        total === undefined ? t('common:loading') : total > 0 ? t('removal.blockersTitle', { count: total }) : undefined
      }
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>{t('removal.body')}</p>
      <ErrorBar error={removal.error} onRetry={() => void removal.refetch()} />
      {removal.data && removal.data.total > 0 && (
        <Notice tone="warning" title={t('removal.blockersTitle', { count: removal.data.total })}>
          <ul className={styles.list}>
            {removal.data.blockers.map((one) => (
              <li key={one.subscriptionId}>
                <AppLink inline href={links.subscription(customer.id, one.subscriptionId)}>
                  {one.friendlyName || one.title}
                </AppLink>
                , {t('removal.licenses', { count: one.quantity })}
              </li>
            ))}
          </ul>
          {t('removal.blockersBody')}
        </Notice>
      )}
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
