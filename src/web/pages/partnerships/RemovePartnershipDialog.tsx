import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PartnershipRemoval, RemovedPartnership } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useGo } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AgreementText } from './AgreementText.tsx'
import { partnershipsPath } from './paths.ts'

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  facts: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  declaration: {
    padding: '12px 16px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground2,
  },
  version: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/**
 * Asks whether a partnership shall end: what stays in numbers, the declaration with all its points, an explicit tick. Closing
 * it in any other way than Yes changes nothing.
 */
export function RemovePartnershipDialog({
  id,
  name,
  side,
  onClose,
}: {
  id: string
  /** The other side. */
  name: string
  side: 'provider' | 'reseller'
  onClose: () => void
}) {
  const { t } = useTranslation('partnerships')
  const go = useGo()
  const [ticked, setTicked] = useState(false)
  const preview = useRead(`${partnershipsPath}/${id}/removal`, PartnershipRemoval)
  const removal = useWrite(partnershipsPath, '/portal/v1/reseller-choices', '/portal/v1/customers', '/portal/v1/home')
  const ended = preview.data?.state === 'ended'

  const remove = async () => {
    if (!preview.data) return
    const { version, language } = preview.data.attestation
    const done = await removal.send({
      method: 'POST',
      path: `${partnershipsPath}/${id}/removal`,
      body: { attested: version, language },
      reply: RemovedPartnership,
    })
    if (done) go(side === 'provider' ? links.partnershipRemoval(id) : links.providerRemoval(id))
  }
  return (
    <ConfirmDialog
      title={
        side === 'provider'
          ? t('removal.dialog.title', { reseller: name })
          : t('removal.dialog.endTitle', { provider: name })
      }
      confirm={t('removal.dialog.yes')}
      cancel={t('removal.dialog.no')}
      danger
      wide
      state={removal.state}
      error={removal.error}
      disabledBecause={ended ? t('removal.dialog.alreadyEnded') : ticked ? undefined : t('removal.dialog.tickFirst')}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      {preview.data ? (
        <Question preview={preview.data} side={side} ticked={ticked} onTick={setTicked} />
      ) : preview.error ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <BlockSkeleton lines={12} />
      )}
    </ConfirmDialog>
  )
}

function Question({
  preview,
  side,
  ticked,
  onTick,
}: {
  preview: PartnershipRemoval
  side: 'provider' | 'reseller'
  ticked: boolean
  onTick: (ticked: boolean) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('partnerships')
  const { customers, privileges, subscriptionsAsResellerOfRecord: ofRecord, supportContacts, attestation } = preview
  if (preview.state === 'ended') {
    return <Notice tone="info">{t('removal.dialog.alreadyEnded')}</Notice>
  }
  return (
    <>
      <h3 className={styles.heading}>{t('removal.dialog.stays')}</h3>
      <ul className={styles.facts}>
        <li>
          {side === 'provider' ? t('removal.dialog.customersRemain') : t('removal.dialog.customersRemainReseller')}{' '}
          <strong>({t('removal.dialog.count.customers', { count: customers.total })})</strong>
        </li>
        <li>
          {t('removal.dialog.privilegesRemain')}{' '}
          <strong>({t('removal.dialog.count.privileges', { count: privileges.total })})</strong>
        </li>
        {side === 'provider' && (
          <>
            <li>{t('removal.dialog.count.ofRecord', { count: ofRecord.total })}</li>
            <li>{t('removal.dialog.count.support', { count: supportContacts.total })}</li>
          </>
        )}
        <li>{t('removal.dialog.noNew')}</li>
      </ul>
      <h3 className={styles.heading}>{t('removal.dialog.attestation')}</h3>
      <div className={styles.declaration}>
        <AgreementText text={attestation.text} />
        <div className={styles.version}>{t('removal.dialog.version', { version: attestation.version })}</div>
      </div>
      <Notice tone="warning">{t('removal.dialog.noNotice')}</Notice>
      <Checkbox
        required
        checked={ticked}
        label={t('removal.dialog.tick')}
        onChange={(_, { checked }) => onTick(checked === true)}
      />
    </>
  )
}
