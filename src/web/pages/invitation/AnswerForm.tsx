import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AcceptedInvitation, type InvitationLanding } from '../../../features/partnerships/wire.ts'
import { refresh } from '../../query.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { SignedInAs } from './SignedInAs.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px' },
  heading: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  group: { display: 'flex', flexDirection: 'column', gap: '4px' },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  hint: { margin: '0 0 0 32px', color: tokens.colorNeutralForeground2 },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    '& > *, & > span > *': { flex: '1 1 200px', minHeight: '44px' },
  },
})

/** For the one who can accept: an explicit tick, a separate choice that is off, Authorize or Decline. */
export function AnswerForm({
  path,
  invitation: { provider, authorization },
  onAnswer,
}: {
  path: string
  invitation: InvitationLanding
  onAnswer: (answer: AcceptedInvitation | 'declined') => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('invitation')
  const [authorized, setAuthorized] = useState(false)
  const [grantAdminAccess, setGrantAdminAccess] = useState(false)
  const [declining, setDeclining] = useState(false)
  const acceptance = useWrite('/portal/v1/partnerships', '/portal/v1/home', '/portal/v1/action-center')
  const refusal = useWrite()

  const accept = async () => {
    const done = await acceptance.send({
      method: 'POST',
      path: `${path}/acceptance`,
      body: { authorized, grantAdminAccess },
      reply: AcceptedInvitation,
    })
    // Whatever stood in the way may be over, or new: the page shows how things are now.
    if (done) onAnswer(done.reply)
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
        if (authorized) void accept()
      }}
    >
      <div className={styles.group}>
        <h2 className={styles.heading}>{t('authorize.title')}</h2>
        <Checkbox
          required
          checked={authorized}
          label={authorization.text}
          onChange={(_, { checked }) => setAuthorized(checked === true)}
        />
        <p className={styles.note}>{t('authorize.customersStay')}</p>
      </div>
      <div className={styles.group}>
        <h2 className={styles.heading}>{t('access.title')}</h2>
        <Checkbox
          checked={grantAdminAccess}
          label={t('access.label', { provider: provider.name })}
          onChange={(_, { checked }) => setGrantAdminAccess(checked === true)}
        />
        <p className={styles.hint}>{t('access.hint')}</p>
      </div>
      <ErrorBar error={acceptance.error} />
      <div className={styles.buttons}>
        <SubmitButton state={acceptance.state} disabledBecause={authorized ? undefined : t('authorize.tickFirst')}>
          {t('authorize.submit')}
        </SubmitButton>
        <Button onClick={() => setDeclining(true)}>{t('decline.action')}</Button>
      </div>
      <SignedInAs />
      {declining && (
        <ConfirmDialog
          title={t('decline.title')}
          confirm={t('decline.action')}
          danger
          state={refusal.state}
          error={refusal.error}
          onConfirm={() => void decline()}
          onClose={() => setDeclining(false)}
        >
          {t('decline.body', { provider: provider.name })}
        </ConfirmDialog>
      )}
    </form>
  )
}
