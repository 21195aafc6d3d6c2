import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { helpTopics, links } from '../../links.ts'
import type { HelpTopic } from '../../links.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { NotFoundPage } from '../../ui/problem-pages.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { TopicCards } from './TopicCards.tsx'
import { useTopic } from './topics.ts'

const useStyles = makeStyles({
  contents: {
    margin: '0 0 24px',
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  section: { scrollMarginTop: '64px', '&:first-child h2': { marginTop: '8px' } },
  heading: { margin: '24px 0 8px', fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold },
  text: { margin: '0 0 8px', lineHeight: '22px' },
  list: { margin: '0 0 8px', paddingLeft: '24px', lineHeight: '22px', '& li': { marginBottom: '4px' } },
  copy: { marginTop: '24px' },
})

/** One help page; open to everybody, so that a provider can send its address to a reseller without an account. */
export function HelpPage() {
  const { topic } = useParams({ strict: false }) as { topic?: string }
  const known = helpTopics.find((one) => one === topic)
  return known ? <TopicText key={known} topic={known} /> : <NotFoundPage />
}

function TopicText({ topic }: { topic: HelpTopic }) {
  const styles = useStyles()
  const { t } = useTranslation('help')
  const { title, lead, sections } = useTopic(topic)
  return (
    <Page title={title} lead={lead} breadcrumb={[{ label: t('title'), href: links.help() }]} narrow>
      <nav aria-label={t('contents')}>
        <ul className={styles.contents}>
          {sections.map((section, position) => (
            <li key={section.title}>
              <Link href={`#section-${position + 1}`}>{section.title}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <Section>
        {sections.map((section, position) => (
          <div key={section.title} id={`section-${position + 1}`} className={styles.section}>
            <h2 className={styles.heading}>{section.title}</h2>
            {section.text.map((paragraph) => (
              <p key={paragraph} className={styles.text}>
                {paragraph}
              </p>
            ))}
            {section.list.length > 0 && (
              <ul className={styles.list}>
                {section.list.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            )}
          </div>
        ))}
        <div className={styles.copy}>
          <CopyButton
            text={`${location.origin}${links.help(topic)}`}
            name={title}
            onCopied={() => toast({ text: t('linkCopied') })}
          >
            {t('copyLink')}
          </CopyButton>
        </div>
      </Section>
      <h2 className={styles.heading}>{t('others')}</h2>
      <TopicCards topics={helpTopics.filter((one) => one !== topic)} />
    </Page>
  )
}
