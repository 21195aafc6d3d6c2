import { makeStyles, tokens } from '@fluentui/react-components'
import { links } from '../../links.ts'
import type { HelpTopic } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { useTopic } from './topics.ts'

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
    gap: '16px',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  card: {
    height: '100%',
    boxSizing: 'border-box',
    padding: '16px',
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  lead: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
})

/** Help pages as cards. */
export function TopicCards({ topics }: { topics: readonly HelpTopic[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.list}>
      {topics.map((topic) => (
        <li key={topic}>
          <Card topic={topic} />
        </li>
      ))}
    </ul>
  )
}

function Card({ topic }: { topic: HelpTopic }) {
  const styles = useStyles()
  const { title, lead } = useTopic(topic)
  return (
    <div className={styles.card}>
      <AppLink href={links.help(topic)} className={styles.title}>
        {title}
      </AppLink>
      <p className={styles.lead}>{lead}</p>
    </div>
  )
}
