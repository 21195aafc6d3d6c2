import type pg from 'pg'

/** Something that holds for every row of a table, whatever happened. */
export interface IntegrityCheck {
  /** As an assertion: "licenses are the sum of their lots". */
  readonly name: string
  /** SQL that selects, as `row`, a text for each row that breaks it; none when all is well. */
  readonly broken: string
}

/** An assertion that does not hold. */
export interface Finding {
  readonly name: string
  /** Some of the rows that break it, by their ids. */
  readonly examples: readonly string[]
  /** Whether there are more than those. */
  readonly more: boolean
}

/** How many rows a finding names. */
const mostExamples = 5

/** Runs checks one after the other. They read whole tables: on a large installation that takes a while. */
export async function findBroken(
  client: Pick<pg.Pool, 'query'> | Pick<pg.ClientBase, 'query'>,
  checks: readonly IntegrityCheck[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { name, broken } of checks) {
    const { rows } = await client.query<{ row: string }>(
      `select row from (${broken}) as broken order by row limit ${mostExamples + 1}`,
    )
    if (rows.length === 0) continue
    const examples = rows.slice(0, mostExamples).map(({ row }) => row)
    findings.push({ name, examples, more: rows.length > mostExamples })
  }
  return findings
}

/** A finding as a line for people. */
export function describeFinding({ examples, more }: Finding): string {
  return `${examples.join(', ')}${more ? ' and more' : ''}`
}
