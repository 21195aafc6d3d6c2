import { Button, makeStyles } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { ShareRegular } from '@fluentui/react-icons/svg/share'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkIsIntact, restoreLink } from '../../../features/partnerships/rules.ts'
import type { InvitationDraft } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { announce } from '../../ui/announce.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useCopy } from '../../ui/CopyButton.tsx'
import { FieldRow, FormBox, FormButtons, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { useForm } from '../../ui/form.ts'
import { Notice } from '../../ui/Notice.tsx'
import { media, usePhone } from '../../ui/screen.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { LinkBlock } from './LinkBlock.tsx'
import { canShare, mailAddress } from './message.ts'
import { invitationsPath } from './paths.ts'
import { type DraftLanguage, forgetDraft } from './useDraft.ts'

const useStyles = makeStyles({
  send: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    [media.phone]: { '& > *, & > span > *': { flex: '1 1 100%', minHeight: '44px' } },
  },
})

/** The message with its buttons. Nothing leaves the page while the link in the text is not whole. */
export function DraftForm({
  draft,
  language,
  onLanguage,
}: {
  draft: InvitationDraft
  language: DraftLanguage
  onLanguage: (language: DraftLanguage) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['partnerships', 'common'])
  const go = useGo()
  const phone = usePhone()
  const { copy } = useCopy()
  const [used, setUsed] = useState(false)
  const [mailed, setMailed] = useState(false)
  const [asking, setAsking] = useState<'done' | DraftLanguage>()
  const change = useWrite(invitationsPath)
  const withdrawal = useWrite(invitationsPath)
  const form = useForm({
    initial: { recipient: draft.recipientEmail ?? '', language, subject: draft.subject, body: draft.body },
    keepAs: `partnershipRequest.${draft.id}.${draft.language}`,
    onSubmit: () => (used ? void finish() : setAsking('done')),
  })
  const { recipient, subject, body } = form.values
  const intact = linkIsIntact(body, draft.link)
  const blocked = intact ? undefined : t('draftPage.linkMissing.block')
  const call = {
    method: 'PATCH' as const,
    path: `${invitationsPath}/${draft.id}`,
    body: { recipientEmail: recipient.trim() === '' ? null : recipient, language },
  }

  const finish = async () => {
    setAsking(undefined)
    if (!(await change.send(call))) return
    leave(links.partnershipRequests())
    toast({ text: t('draftPage.listed') })
  }
  const cancel = async () => {
    if (!(await withdrawal.send({ method: 'POST', path: `${invitationsPath}/${draft.id}/revocation` }))) return
    leave(links.resellers())
    toast({ tone: 'info', text: t('draftPage.cancelled') })
  }
  const leave = (to: string) => {
    form.reset()
    forgetDraft()
    go(to)
  }
  const putBack = () => {
    form.set('body', restoreLink(body, draft.link))
    announce(t('draftPage.restored'))
  }
  const choose = (next: string) => {
    if (next === language || (next !== 'en' && next !== 'tr')) return
    if (body === draft.body && subject === draft.subject) onLanguage(next)
    else setAsking(next)
  }
  return (
    <FormBox
      form={form}
      label={t('draftPage.title')}
      labels={{ recipient: t('draftPage.recipient') }}
      fieldNames={{ recipientEmail: 'recipient' }}
      error={change.error ?? withdrawal.error}
    >
      <FieldRow>
        <TextField
          form={form}
          name="recipient"
          label={t('draftPage.recipient')}
          hint={t('draftPage.recipientHint')}
          type="email"
          inputMode="email"
          autoComplete="off"
          maxLength={254}
        />
        <SelectField
          form={{ ...form, set: (_, value) => choose(String(value)) }}
          name="language"
          label={t('draftPage.language')}
          required
          choices={[
            { value: 'en', label: t('common:language.en') },
            { value: 'tr', label: t('common:language.tr') },
          ]}
        />
      </FieldRow>
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
            <Button size="small" onClick={putBack}>
              {t('draftPage.restoreLink')}
            </Button>
          }
        >
          {t('draftPage.linkMissing.body')}
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
            appearance={used ? 'secondary' : 'primary'}
            icon={<MailRegular />}
            href={mailAddress(recipient.trim(), subject, body)}
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
      {mailed && (
        <Notice tone="info" live>
          {t('draftPage.noMailProgram')}
        </Notice>
      )}
      <LinkBlock link={draft.link} expiresAt={draft.expiresAt} onUsed={() => setUsed(true)} />
      <FormButtons>
        <SubmitButton state={change.state} disabledBecause={blocked} appearance={used ? 'primary' : 'secondary'}>
          {t('draftPage.done')}
        </SubmitButton>
        <Button disabledFocusable={withdrawal.busy} onClick={() => void cancel()}>
          {t('draftPage.cancel')}
        </Button>
        <ApiCallButton
          write={{ method: 'POST', path: invitationsPath, body: { recipientEmail: recipient || undefined, language } }}
        />
      </FormButtons>
      {asking === 'done' && (
        <ConfirmDialog
          title={t('draftPage.notYet.title')}
          confirm={t('draftPage.notYet.yes')}
          cancel={t('draftPage.notYet.no')}
          onConfirm={() => {
            setUsed(true)
            void finish()
          }}
          onClose={() => setAsking(undefined)}
        >
          {t('draftPage.notYet.body')}
        </ConfirmDialog>
      )}
      {(asking === 'en' || asking === 'tr') && (
        <ConfirmDialog
          title={t('draftPage.replace.title')}
          confirm={t('draftPage.replace.yes')}
          cancel={t('draftPage.replace.no')}
          onConfirm={() => {
            form.reset()
            onLanguage(asking)
          }}
          onClose={() => setAsking(undefined)}
        >
          {t('draftPage.replace.body')}
        </ConfirmDialog>
      )}
    </FormBox>
  )
}
