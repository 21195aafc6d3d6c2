import { makeStyles, tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiRefusal } from '../../api.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useMaybeSession } from '../../session.ts'
import { BareFrame } from '../../shell/BareFrame.tsx'
import { useChooseLanguage } from '../../shell/useChooseLanguage.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { AskedFor } from './AskedFor.tsx'
import { Offer } from './offer.ts'
import { OfferState } from './OfferState.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '24px' },
  card: { padding: '16px', background: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** What the link of a relationship request leads to: who asks, for what, and the customer's answer. */
export function RelationshipPage() {
  const styles = useStyles()
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const { t } = useTranslation('relationships')
  const session = useMaybeSession()
  const chooseLanguage = useChooseLanguage()
  const path = `/portal/v1/relationship-requests/by-token/${encodeURIComponent(token)}`
  const { data: offer, error, refetch } = useRead(path, Offer)
  const [answer, setAnswer] = useState<'accepted' | 'declined'>()
  const frame = { title: t('landing.title'), width: 680, ...(session ? { onLanguage: chooseLanguage } : {}) }

  if (error instanceof ApiRefusal && error.refusal === 'invitationInvalid') {
    return (
      <BareFrame {...frame}>
        <EmptyState picture="lock" title={t('landing.invalid')}>
          {t('landing.invalidBody')}
        </EmptyState>
      </BareFrame>
    )
  }
  if (!offer) {
    return (
      <BareFrame {...frame}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <BlockSkeleton lines={10} />}
      </BareFrame>
    )
  }
  if (answer) return <Answered frame={frame} answer={answer} provider={offer.provider.name} />
  return (
    <BareFrame {...frame} lead={t('landing.titleOf', { provider: offer.provider.name })}>
      <div className={styles.root}>
        <Askers offer={offer} />
        <AskedFor offer={offer} />
        {offer.viewer?.canAnswer ? (
          <AnswerForm path={path} offer={offer} onAnswer={setAnswer} />
        ) : (
          <OfferState offer={offer} token={token} />
        )}
      </div>
    </BareFrame>
  )
}

function Askers({ offer }: { offer: Offer }) {
  const styles = useStyles()
  const { t } = useTranslation('relationships')
  const formats = useFormats()
  const placeOf = ({ city, country }: Offer['provider']) => [city, formats.country(country)].filter(Boolean).join(', ')
  const factOf = (label: string, partner: Offer['provider']) => ({
    label,
    value: (
      <>
        <strong>{partner.name}</strong>
        <br />
        {placeOf(partner)}
      </>
    ),
  })
  const open = offer.state === 'issued' || offer.state === 'opened'
  return (
    <div className={styles.card}>
      <FactList
        facts={[
          factOf(t('landing.provider'), offer.provider),
          ...(offer.reseller ? [factOf(t('landing.reseller'), offer.reseller)] : []),
        ]}
      />
      {open && (
        <p className={styles.note} style={{ marginTop: '12px' }}>
          {t('landing.expires', { date: formats.instantDay(offer.expiresAt) })}
        </p>
      )}
    </div>
  )
}

function Answered({
  frame,
  answer,
  provider,
}: {
  frame: { title: string; width: number }
  answer: 'accepted' | 'declined'
  provider: string
}) {
  const { t } = useTranslation('relationships')
  return (
    <BareFrame {...frame}>
      <div role="status">
        {answer === 'accepted' ? (
          <EmptyState
            picture="people"
            title={t('landing.accepted', { provider })}
            actions={
              <ActionButton
                appearance="primary"
                action={{ key: 'partners', label: t('landing.toPartners'), href: links.myPartners() }}
              />
            }
          >
            {t('landing.acceptedBody')}
          </EmptyState>
        ) : (
          <EmptyState
            picture="done"
            title={t('landing.declined')}
            actions={<ActionButton action={{ key: 'home', label: t('landing.home'), href: links.home() }} />}
          />
        )}
      </div>
    </BareFrame>
  )
}
