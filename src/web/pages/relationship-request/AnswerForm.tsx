import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '../../query.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AgreementText } from '../partnerships/AgreementText.tsx'
import type { Offer } from './offer.ts'
import { SignedInAs } from './SignedInAs.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px' },
  heading: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  text: {
    padding: '12px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  ticks: { display: 'flex', flexDirection: 'column', gap: '4px' },
  buttons: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: '8px',
    '& button': { width: '100%', minHeight: '44px' },
  },
})

/** For the customer's global admin: the agreement's text, two ticks, Accept or Decline. */
export function AnswerForm({
  path,
  offer,
  onAnswer,
}: {
  path: string
  offer: Offer
  onAnswer: (answer: 'accepted' | 'declined') => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('relationships')
  const [ticked, setTicked] = useState({ relationship: false, agreement: false })
  const [declining, setDeclining] = useState(false)
  const acceptance = useWrite('/portal/v1/my-partners', '/portal/v1/home', '/portal/v1/action-center')
  const refusal = useWrite()
  const customer = offer.viewer?.organizationName ?? ''
  const both = ticked.relationship && ticked.agreement

  const accept = async () => {
    if (await acceptance.send({ method: 'POST', path: `${path}/acceptance`, body: ticked })) onAnswer('accepted')
    // Whatever stood in the way may be over, or new: the page shows how things are now.
    else await refresh(path)
  }
  const decline = async () => {
    if (await refusal.send({ method: 'POST', path: `${path}/refusal` })) onAnswer('declined')
  }
  return (
    <form
      className={styles.root}
      onSubmit={(event) => {
        event.preventDefault()
        if (both) void accept()
      }}
    >
      <h2 className={styles.heading}>{t('landing.agreement')}</h2>
      <div className={styles.text}>
        <AgreementText text={offer.agreement.text} />
      </div>
      <div className={styles.ticks}>
        <Checkbox
          required
          checked={ticked.relationship}
          label={t('landing.tickRelationship', { customer })}
          onChange={(_, { checked }) => setTicked({ ...ticked, relationship: checked === true })}
        />
        <Checkbox
          required
          checked={ticked.agreement}
          label={t('landing.tickAgreement', { version: offer.agreement.version })}
          onChange={(_, { checked }) => setTicked({ ...ticked, agreement: checked === true })}
        />
      </div>
      <ErrorBar error={acceptance.error} />
      <div className={styles.buttons}>
        <SubmitButton state={acceptance.state} disabledBecause={both ? undefined : t('landing.tickFirst')}>
          {t('landing.accept')}
        </SubmitButton>
        <Button onClick={() => setDeclining(true)}>{t('landing.decline')}</Button>
      </div>
      <SignedInAs />
      {declining && (
        <ConfirmDialog
          danger
          title={t('landing.declineTitle')}
          confirm={t('landing.decline')}
          state={refusal.state}
          error={refusal.error}
          onConfirm={() => void decline()}
          onClose={() => setDeclining(false)}
        >
          {t('landing.declineBody', { provider: offer.provider.name })}
        </ConfirmDialog>
      )}
    </form>
  )
}
