import { makeStyles } from '@fluentui/react-components'

const useStyles = makeStyles({
  text: { margin: '0 0 8px' },
  points: { margin: '0 0 8px', paddingLeft: '24px', display: 'flex', flexDirection: 'column', gap: '4px' },
})

interface Block {
  readonly points: boolean
  readonly lines: readonly string[]
}

/** Lines that begin with a number, one after another, are one list. */
function blocksOf(text: string): readonly Block[] {
  const blocks: { points: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const points = /^\d+\. /.test(line)
    const last = blocks.at(-1)
    const content = line.replace(/^\d+\. /, '')
    if (points && last?.points) last.lines.push(content)
    else blocks.push({ points, lines: [content] })
  }
  return blocks
}

/** A text people agree to: paragraphs, and numbered points as a list. */
export function AgreementText({ text }: { text: string }) {
  const styles = useStyles()
  return blocksOf(text).map(({ points, lines }) =>
    points ? (
      <ol key={lines[0]} className={styles.points}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    ) : (
      <p key={lines[0]} className={styles.text}>
        {lines[0]}
      </p>
    ),
  )
}
