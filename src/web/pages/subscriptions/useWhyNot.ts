import { useTranslation } from 'react-i18next'
import { rolesHolding } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { useFormats } from '../../ui/formats.tsx'
import type { SubscriptionDetail } from './subscription.ts'

const permissionFor = {
  addLicenses: 'subscriptions.increase',
  reduceLicenses: 'subscriptions.reduce',
  cancel: 'subscriptions.cancel',
  suspend: 'subscriptions.suspend',
  reactivate: 'subscriptions.suspend',
  setAutoRenew: 'subscriptions.manage_renewal',
  scheduleChange: 'subscriptions.manage_renewal',
  convertTrial: 'subscriptions.upgrade',
  upgrade: 'subscriptions.upgrade',
} as const

export type ManagedAct = keyof typeof permissionFor

/** Why an act is not possible now, as a sentence that says the way out; undefined when it is. Needs `refusals`. */
export function useWhyNot(subscription: SubscriptionDetail): (act: ManagedAct) => string | undefined {
  const { t } = useTranslation(['subscriptions', 'refusals', 'common'])
  const { organization } = useSession()
  const formats = useFormats()
  const { allowed, cancelUntil, leastQuantity, minQuantity, maxQuantity } = subscription
  return (act) => {
    const { ok, reason } = allowed[act]
    if (ok || reason === null) return undefined
    if (reason === 'accessDenied') {
      const somebodyMay = rolesHolding(permissionFor[act], organization.kind).length > 0
      return somebodyMay ? t('common:notAllowed.role') : t('notForYou')
    }
    if (reason === 'upgradeNotPossible') return t('upgrade.none')
    const values = {
      until: cancelUntil === null ? '' : formats.instant(cancelUntil),
      least: leastQuantity,
      min: minQuantity,
      max: maxQuantity,
    }
    return t(`refusals:${reason}`, values)
  }
}
