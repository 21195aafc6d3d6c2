import { Button, makeStyles, Textarea } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { useTranslation } from 'react-i18next'
import { InvitationDraft } from '../../../features/partnerships/wire.ts'
import { useRead } from '../../query.ts'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { useCopy } from '../../ui/CopyButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { LinkBlock } from './LinkBlock.tsx'
import { mailAddress } from './message.ts'
import { invitationsPath } from './paths.ts'

const useStyles = makeStyles({ text: { '& textarea': { minHeight: '240px', maxHeight: '50vh' } } })

/** The message of a pending request once more, to copy or open in email. */
export function MessageDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation(['partnerships', 'common'])
  const { copy } = useCopy()
  const { data, error, refetch } = useRead(`${invitationsPath}/${id}/draft`, InvitationDraft)
  return (
    <DialogBox
      title={t('requests.message.title')}
      wide
      onClose={onClose}
      actions={
        <>
          {data && (
            <>
              <Button
                as="a"
                appearance="primary"
                icon={<MailRegular />}
                href={mailAddress(data.recipientEmail ?? '', data.subject, data.body)}
              >
                {t('draftPage.openInEmail')}
              </Button>
              <Button
                icon={<CopyRegular />}
                onClick={() =>
                  void copy(data.body, t('draftPage.copied')).then((done) => {
                    if (done) toast({ text: t('draftPage.copied') })
                  })
                }
              >
                {t('draftPage.copy')}
              </Button>
            </>
          )}
          <Button onClick={onClose}>{t('common:action.close')}</Button>
        </>
      }
    >
      {data ? (
        <>
          <strong>{data.subject}</strong>
          <Textarea
            className={styles.text}
            readOnly
            value={data.body}
            aria-label={t('draftPage.body')}
            resize="vertical"
          />
          <LinkBlock link={data.link} expiresAt={data.expiresAt} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BlockSkeleton lines={10} />
      )}
    </DialogBox>
  )
}
