import { Button, makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { ApiRefusal, type RefusedField } from '../../api.ts'
import { refresh } from '../../query.ts'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'

const useStyles = makeStyles({ list: { margin: '4px 0', paddingLeft: '20px' } })

/** Whether a refusal has a notice of its own here: somebody was faster, or the act comes to something else by now. */
export function isOvertaken(error: unknown): error is ApiRefusal {
  return error instanceof ApiRefusal && (error.refusal === 'stale' || error.refusal === 'previewStale')
}

/** Why an act was refused: who did what meanwhile, what differs from the preview, or any other reason. Needs `activity`. */
export function ActProblem({ error, currency, onReload }: { error: unknown; currency: string; onReload: () => void }) {
  if (!isOvertaken(error)) return <ErrorBar error={error} />
  return error.refusal === 'stale' ? (
    <Overtaken refusal={error} onReload={onReload} />
  ) : (
    <Differences refusal={error} currency={currency} />
  )
}

function Overtaken({ refusal: { params, data }, onReload }: { refusal: ApiRefusal; onReload: () => void }) {
  const styles = useStyles()
  const { t, i18n } = useTranslation(['subscriptions', 'activity', 'common'])
  const formats = useFormats()
  const { by, at } = params
  const actions = data.flatMap((action) =>
    i18n.exists(`activity:action.${action}`) ? [t(`activity:action.${action}` as 'activity:title')] : [],
  )
  return (
    <Notice
      tone="warning"
      live
      title={t('common:stale.title')}
      actions={
        <Button
          size="small"
          onClick={() => {
            onReload()
            void refresh('/portal/v1/customers')
          }}
        >
          {t('common:action.reload')}
        </Button>
      }
    >
      {typeof at === 'string' && (
        <div>
          {t('overtaken.last', {
            who: typeof by === 'string' && by !== '' ? by : t('overtaken.somebody'),
            at: formats.instant(at),
          })}
        </div>
      )}
      {actions.length > 0 && (
        <ul className={styles.list}>
          {actions.map((action, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>{action}</li>
          ))}
        </ul>
      )}
      {t('overtaken.reload')}
    </Notice>
  )
}

function Differences({ refusal: { fields }, currency }: { refusal: ApiRefusal; currency: string }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const valueText = useValueText(currency)
  return (
    <Notice tone="warning" live title={t('overtaken.differs')}>
      <ul className={styles.list}>
        {fields.map(({ field, params }) => {
          const name = field.replace(/^seen\./, '') as SeenName
          return (
            <li key={field}>
              {t(`overtaken.field.${name}`)}:{' '}
              {t('overtaken.thenNow', {
                seen: valueText(name, params?.['seen']),
                now: valueText(name, params?.['now']),
              })}
            </li>
          )
        })}
      </ul>
      {t('overtaken.again')}
    </Notice>
  )
}

type SeenName = 'totalRetail' | 'status' | 'quantity' | 'product' | 'endOn' | 'autoRenew' | 'drops' | 'addOns'

function useValueText(
  currency: string,
): (name: SeenName, value: NonNullable<RefusedField['params']>[string] | undefined) => string {
  const { t, i18n } = useTranslation('subscriptions')
  const formats = useFormats()
  return (name, sent) => {
    const value = String(sent ?? '')
    if (value === '' || value === 'null') return t('none')
    switch (name) {
      case 'totalRetail':
        return formats.money(Number(value), currency)
      case 'status':
        return i18n.exists(`subscriptions:status.${value}`) ? t(`status.${value as 'active'}`) : value
      case 'endOn':
        return formats.date(value)
      case 'autoRenew':
        return value === 'true' ? t('detail.on') : t('detail.off')
      case 'drops':
        return formats.list(value.split(' ').map((drop) => t(`drop.${drop as 'service'}`)))
      case 'quantity':
      case 'addOns':
        return formats.number(Number(value))
      case 'product':
        return value
    }
  }
}
