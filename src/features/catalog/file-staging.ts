import type { CellProblem } from './file-values.ts'

/** A report names this many problems; of more it gives the count. */
export const mostProblems = 1000

/** A problem and the line it stands in; lines count from 1, the header included. */
export interface LineProblem extends CellProblem {
  readonly line: number
}

/** How many lines are bad, and the first problems of them. */
export interface FoundProblems {
  readonly lines: number
  readonly problems: readonly LineProblem[]
}

/** What a file's good lines come to beside what is known. */
export interface StagedCounts {
  /** Prices of a price list; SKUs of an offer matrix. */
  readonly added: number
  readonly changed: number
  /** Prices that the file ends earlier than before. */
  readonly shortened: number
  /** Prices that end earlier than before because one of the file's, which starts later, takes their place. */
  readonly superseded: number
  readonly addedSkus: number
  readonly changedSkus: number
}

/** The lines of one file on their way into the catalog, in tables that vanish with the transaction. */
export interface Staging<Line> {
  /** Takes one good line. Wait for what it returns, if anything: lines are sent in batches. */
  readonly add: (line: number, record: Line) => Promise<void> | undefined
  /** Call once after the last line: takes out the lines that contradict others or what was published, and tells them. */
  readonly settle: () => Promise<FoundProblems>
  /** What applying would do; writes nothing. */
  readonly count: () => Promise<StagedCounts>
  readonly apply: (importId: string) => Promise<void>
}

/** Puts two findings together, in the order of their lines. */
export function together(one: FoundProblems, other: FoundProblems): FoundProblems {
  return {
    lines: one.lines + other.lines,
    problems: [...one.problems, ...other.problems].toSorted((a, b) => a.line - b.line).slice(0, mostProblems),
  }
}

/** The problem of a line that says something else about the same thing than an earlier line. */
export function lineDiffers(line: number, firstLine: number): LineProblem {
  return { line, column: '', value: '', reason: 'lineDiffers', params: { line: firstLine } }
}
