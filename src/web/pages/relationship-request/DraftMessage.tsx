import { Button, makeStyles } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { ShareRegular } from '@fluentui/react-icons/svg/share'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkIsIntact, restoreLink } from '../../../features/partnerships/rules.ts'
import { announce } from '../../ui/announce.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useCopy } from '../../ui/CopyButton.tsx'
import { FormBox, FormButtons, TextAreaField, TextField } from '../../ui/fields.tsx'
import { useForm } from '../../ui/form.ts'
import { Notice } from '../../ui/Notice.tsx'
import { media, usePhone } from '../../ui/screen.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { LinkBlock } from '../partnerships/LinkBlock.tsx'
import { canShare, mailAddress } from '../partnerships/message.ts'
import { type Draft, requestsPath } from './request.ts'

const useStyles = makeStyles({
  send: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    [media.phone]: { '& > *': { flex: '1 1 100%', minHeight: '44px' } },
  },
})

/**
 * The message with its buttons. Nothing leaves the page while the link in the text is not whole. Needs the texts
 * `relationships` and `partnerships`.
 *
 * @param onAgain Called when the request was taken back, to ask for something else.
 */
export function DraftMessage({ draft, onDone, onAgain }: { draft: Draft; onDone: () => void; onAgain: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['partnerships', 'relationships', 'common'])
  const phone = usePhone()
  const { copy } = useCopy()
  const [used, setUsed] = useState(false)
  const [mailed, setMailed] = useState(false)
  const [asking, setAsking] = useState(false)
  const withdrawal = useWrite(requestsPath)
  const form = useForm({
    initial: { subject: draft.subject, body: draft.body },
    keepAs: `relationshipRequest.${draft.id}`,
    onSubmit: () => (used ? finish() : setAsking(true)),
  })
  const { subject, body } = form.values
  const intact = linkIsIntact(body, draft.link)
  const blocked = intact ? undefined : t('draftPage.linkMissing.block')
  const finish = () => {
    form.reset()
    onDone()
  }
  const again = async () => {
    if (!(await withdrawal.send({ method: 'POST', path: `${requestsPath}/${draft.id}/revocation` }))) return
    form.reset()
    toast({ tone: 'info', text: t('relationships:request.replaced') })
    onAgain()
  }
  return (
    <FormBox
      form={form}
      error={withdrawal.error}
      label={t('relationships:request.message')}
      labels={{ subject: t('draftPage.subject'), body: t('draftPage.body') }}
    >
      <TextField form={form} name="subject" label={t('draftPage.subject')} required maxLength={200} />
      <TextAreaField
        form={form}
        name="body"
        label={t('draftPage.body')}
        hint={t('draftPage.keepLink')}
        required
        rows={phone ? 12 : 16}
        maxLength={10_000}
      />
      {!intact && (
        <Notice
          tone="error"
          live
          title={t('draftPage.linkMissing.title')}
          actions={
            <Button
              size="small"
              onClick={() => {
                form.set('body', restoreLink(body, draft.link))
                announce(t('draftPage.restored'))
              }}
            >
              {t('draftPage.restoreLink')}
            </Button>
          }
        >
          {t('relationships:request.linkMissing')}
        </Notice>
      )}
      <div className={styles.send}>
        {blocked ? (
          <SubmitButton state="idle" icon={<MailRegular />} disabledBecause={blocked} onPress={() => {}}>
            {t('draftPage.openInEmail')}
          </SubmitButton>
        ) : (
          <Button
            as="a"
            appearance="primary"
            icon={<MailRegular />}
            href={mailAddress(draft.recipientEmail ?? '', subject, body)}
            onClick={() => {
              setUsed(true)
              setMailed(true)
            }}
          >
            {t('draftPage.openInEmail')}
          </Button>
        )}
        <SubmitButton
          state="idle"
          appearance="secondary"
          icon={<CopyRegular />}
          disabledBecause={blocked}
          onPress={() =>
            void copy(body, t('draftPage.copied')).then((done) => {
              if (!done) return
              setUsed(true)
              toast({ text: t('draftPage.copied') })
            })
          }
        >
          {t('draftPage.copy')}
        </SubmitButton>
        {phone && canShare() && (
          <SubmitButton
            state="idle"
            appearance="secondary"
            icon={<ShareRegular />}
            disabledBecause={blocked}
            onPress={() =>
              void navigator.share({ title: subject, text: body }).then(
                () => setUsed(true),
                // The sheet was closed again.
                () => {},
              )
            }
          >
            {t('draftPage.share')}
          </SubmitButton>
        )}
      </div>
      {mailed && <Notice tone="info">{t('draftPage.noMailProgram')}</Notice>}
      <LinkBlock link={draft.link} expiresAt={draft.expiresAt} onUsed={() => setUsed(true)} />
      <FormButtons>
        <SubmitButton state="idle" disabledBecause={blocked}>
          {t('draftPage.done')}
        </SubmitButton>
        <Button disabledFocusable={withdrawal.busy} onClick={withdrawal.busy ? undefined : () => void again()}>
          {t('relationships:request.again')}
        </Button>
      </FormButtons>
      {asking && (
        <ConfirmDialog
          title={t('draftPage.notYet.title')}
          confirm={t('draftPage.notYet.yes')}
          cancel={t('draftPage.notYet.no')}
          onConfirm={finish}
          onClose={() => setAsking(false)}
        >
          {t('draftPage.notYet.body')}
        </ConfirmDialog>
      )}
    </FormBox>
  )
}
