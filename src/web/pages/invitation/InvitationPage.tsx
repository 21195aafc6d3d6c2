import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AcceptedInvitation, InvitationLanding } from '../../../features/partnerships/wire.ts'
import { ApiRefusal } from '../../api.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useMaybeSession } from '../../session.ts'
import { BareFrame } from '../../shell/BareFrame.tsx'
import { useChooseLanguage } from '../../shell/useChooseLanguage.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { InvitationState } from './InvitationState.tsx'
import { ProviderFacts } from './ProviderFacts.tsx'
import { SignInFirst } from './SignInFirst.tsx'

/** What a personal link leads to: for everybody, on any device, before and after signing in. */
export function InvitationPage() {
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const { t, i18n } = useTranslation('invitation')
  const session = useMaybeSession()
  const chooseLanguage = useChooseLanguage()
  const path = `/portal/v1/partnership-invitations/by-token/${encodeURIComponent(token)}`
  const { data, error, refetch } = useRead(path, InvitationLanding)
  // The authorization comes in the language it was asked for in.
  const readIn = useRef(i18n.language)
  useEffect(() => {
    if (readIn.current === i18n.language) return
    readIn.current = i18n.language
    if (!session) void refetch()
  }, [i18n.language, session, refetch])
  const [answer, setAnswer] = useState<AcceptedInvitation | 'declined'>()
  const frame = {
    title: t('title'),
    width: 600,
    ...(session ? { onLanguage: (language: 'en' | 'tr') => void chooseLanguage(language) } : {}),
  }

  if (error instanceof ApiRefusal && error.refusal === 'invitationInvalid') {
    return (
      <BareFrame {...frame}>
        <EmptyState
          picture="lock"
          title={t('state.invalid.title')}
          actions={
            <ActionButton action={{ key: 'help', label: t('help'), href: links.help('partner-with-providers') }} />
          }
        >
          {t('state.invalid.body')}
        </EmptyState>
      </BareFrame>
    )
  }
  if (!data) {
    return (
      <BareFrame {...frame}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <BlockSkeleton lines={8} />}
      </BareFrame>
    )
  }
  if (answer) return <Answered frame={frame} answer={answer} />
  return (
    <BareFrame {...frame} lead={t('lead', { provider: data.provider.name })}>
      <ProviderFacts invitation={data} />
      {data.viewer?.canAccept ? (
        <AnswerForm path={path} invitation={data} onAnswer={setAnswer} />
      ) : data.viewer || (data.status !== 'issued' && data.status !== 'opened') ? (
        <InvitationState invitation={data} />
      ) : (
        <SignInFirst invitation={data} token={token} />
      )}
    </BareFrame>
  )
}

function Answered({
  frame,
  answer,
}: {
  frame: { title: string; width: number }
  answer: AcceptedInvitation | 'declined'
}) {
  const { t } = useTranslation('invitation')
  return (
    <BareFrame {...frame}>
      <div role="status">
        {answer === 'declined' ? (
          <EmptyState
            picture="done"
            title={t('decline.done')}
            actions={<ActionButton action={{ key: 'home', label: t('home'), href: links.home() }} />}
          />
        ) : (
          <EmptyState
            picture="people"
            title={t('accepted.title', { name: answer.providerName })}
            actions={
              <ActionButton
                appearance="primary"
                action={{ key: 'open', label: t('accepted.open'), href: links.providers() }}
              />
            }
          >
            {t('accepted.body')}
          </EmptyState>
        )}
      </div>
    </BareFrame>
  )
}
