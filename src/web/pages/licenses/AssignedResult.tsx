import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { AssignedLicenses } from './people.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    paddingBottom: '8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { flex: '1 1 160px', fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  problem: { flex: '1 1 100%', color: tokens.colorNeutralForeground2 },
})

/** What became of a change of licenses, user by user; those that did not get everything first. */
export function AssignedResult({
  title,
  result,
  onEdit,
  onClose,
}: {
  title: string
  result: AssignedLicenses
  onEdit: (userId: string) => void
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['licenses', 'common', 'refusals'])
  const isBad = ({ missing, problems }: AssignedLicenses['results'][number]) => missing || problems.length > 0
  const rows = result.results.toSorted((one, other) => Number(isBad(other)) - Number(isBad(one)))
  return (
    <DialogBox
      wide
      title={title}
      onClose={onClose}
      actions={
        <Button appearance="primary" onClick={onClose}>
          {t('common:action.close')}
        </Button>
      }
    >
      <Notice tone={result.refused > 0 ? 'warning' : 'success'} title={t('assign.resultTitle')} live>
        {result.changed === 0 && result.refused === 0
          ? t('assign.unchanged')
          : t('assign.allDone', { count: result.changed })}{' '}
        {result.refused > 0 && t('assign.someRefused', { count: result.refused })}
      </Notice>
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.userId} className={styles.row}>
            <span className={styles.name}>{row.name || '–'}</span>
            {row.given + row.taken + row.switched > 0 ? (
              <StatusBadge tone="success">{t('assign.done')}</StatusBadge>
            ) : (
              !isBad(row) && <StatusBadge tone="neutral">{t('assign.same')}</StatusBadge>
            )}
            {row.missing && <span className={styles.problem}>{t('assign.missing')}</span>}
            {row.problems.map(({ productId, skuId, title: product, reason }) => (
              <span key={`${productId}/${skuId}`} className={styles.problem}>
                {t('assign.reason', { product, reason: t(`refusals:${reason}`) })}
              </span>
            ))}
            {row.problems.some(({ reason }) => reason === 'usageLocationMissing') && (
              <Button size="small" onClick={() => onEdit(row.userId)}>
                {t('assign.fixLocation')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </DialogBox>
  )
}
