import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CopyButton } from './CopyButton.tsx'

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    maxWidth: '100%',
    // The button is there for the keyboard and for touch; a mouse sees it when it comes near.
    '& button': { opacity: 0 },
    '&:hover button, &:focus-within button': { opacity: 1 },
    '@media (hover: none)': { '& button': { opacity: 1 } },
  },
  id: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  whole: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

/** An id in monospace with a copy button. `name` says what it is ("Customer ID"). `whole` wraps instead of cutting it short. */
export function IdText({ id, name, whole = false }: { id: string; name: string; whole?: boolean }) {
  const styles = useStyles()
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.id, whole && styles.whole)} title={id}>
        {id}
      </span>
      <CopyButton text={id} name={name} />
    </span>
  )
}
