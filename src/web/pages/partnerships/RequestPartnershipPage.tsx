import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { DraftForm } from './DraftForm.tsx'
import { useDraft } from './useDraft.ts'

/** A new request for a partnership: its personal link and the message that carries it, for the person's own mail program. */
export function RequestPartnershipPage() {
  const { t } = useTranslation('partnerships')
  const { user } = useSession()
  const { draft, error, retry, language, write } = useDraft(user.locale)
  return (
    <Page
      title={t('draftPage.title')}
      lead={t('draftPage.lead')}
      breadcrumb={[{ label: t('title'), href: links.resellers() }]}
      narrow
      banner={
        <Notice tone="info">
          {t('draftPage.enrolledFirst')}{' '}
          <AppLink href={links.help('reseller-requirements')} inline>
            {t('guidance.open')}
          </AppLink>
        </Notice>
      }
    >
      <Section>
        {draft ? (
          // Another language is another message: what was typed into the former one stays with that.
          <DraftForm key={`${draft.id} ${draft.language}`} draft={draft} language={language} onLanguage={write} />
        ) : error ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <BlockSkeleton lines={16} />
        )}
      </Section>
    </Page>
  )
}
