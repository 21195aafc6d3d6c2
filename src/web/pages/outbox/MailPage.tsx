import { makeStyles, tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MailDetail } from '../../../features/notifications/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText, NumberText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { MailStateBadge } from './MailStateBadge.tsx'
import { mailsPath, useRetryMail } from './useRetryMail.ts'

const useStyles = makeStyles({
  frame: {
    boxSizing: 'border-box',
    display: 'block',
    width: '100%',
    height: '420px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    // A mail has its own colors, made for white paper.
    background: '#ffffff',
  },
  text: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
})

/** One mail as its reader has it, and what became of it. */
export function MailPage() {
  const { mailId = '' } = useParams({ strict: false }) as { mailId?: string }
  const { data, error, refetch } = useRead(`${mailsPath}/${mailId}`, MailDetail)
  if (data) return <Shown mail={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

function Shown({ mail }: { mail: MailDetail }) {
  const styles = useStyles()
  const { t } = useTranslation(['outbox', 'common'])
  const retry = useRetryMail()
  const { recipient } = mail
  return (
    <Page
      title={mail.subject}
      breadcrumb={[{ label: t('title'), href: links.outbox() }]}
      badges={<MailStateBadge state={mail.state} />}
      commands={[retry.retryOf(mail)]}
    >
      {retry.error ? <ErrorBar error={retry.error} /> : null}
      <Section title={t('detail.title')}>
        <FactList
          facts={[
            { label: t('column.recipient'), value: [recipient.name, recipient.address].filter(Boolean).join(', ') },
            { label: t('column.kind'), value: t(`kind.${mail.kind}`) },
            { label: t('detail.language'), value: t(`common:language.${mail.language}`) },
            { label: t('column.at'), value: <InstantText at={mail.createdAt} /> },
            { label: t('column.attempts'), value: <NumberText value={mail.attempts} /> },
            mail.nextTryAt === null
              ? { label: t('detail.finishedAt'), value: mail.finishedAt && <InstantText at={mail.finishedAt} /> }
              : { label: t('detail.nextTryAt'), value: <InstantText at={mail.nextTryAt} /> },
            { label: t('column.error'), value: mail.lastError },
            {
              label: t('detail.messageId'),
              value: mail.messageId && <IdText id={mail.messageId} name={t('detail.messageId')} />,
            },
          ]}
        />
      </Section>
      <Section title={t('detail.asHtml')}>
        {/* Without rights: nothing in it runs, opens or is fetched. */}
        <iframe className={styles.frame} title={mail.subject} sandbox="" srcDoc={mail.html} />
      </Section>
      <Section title={t('detail.asText')}>
        <pre className={styles.text}>{mail.text}</pre>
      </Section>
    </Page>
  )
}
