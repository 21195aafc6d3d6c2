import { useTranslation } from 'react-i18next'
import { helpTopics } from '../../links.ts'
import { Page } from '../../ui/Page.tsx'
import { TopicCards } from './TopicCards.tsx'

/** The list of help pages; open to everybody. */
export function HelpIndexPage() {
  const { t } = useTranslation('help')
  return (
    <Page title={t('title')} lead={t('lead')} narrow>
      <TopicCards topics={helpTopics} />
      <p>
        <strong>{t('moreQuestions')}</strong> {t('ask')}
      </p>
    </Page>
  )
}
