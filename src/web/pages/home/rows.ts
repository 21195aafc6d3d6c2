import { makeStyles, tokens } from '@fluentui/react-components'

/** Short lists inside a card: a line for each, facts at its end. */
export const useRowStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    columnGap: '16px',
    rowGap: '2px',
    padding: '10px 0',
    '&:not(:first-child)': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  main: { flex: '1 1 220px', minWidth: 0, overflowWrap: 'anywhere' },
  second: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  facts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', color: tokens.colorNeutralForeground2 },
  empty: { margin: 0, color: tokens.colorNeutralForeground2 },
  more: { display: 'inline-block', marginTop: '12px' },
})
