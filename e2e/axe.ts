import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where Fluent catches the focus at the ends of an open menu and passes it on; nobody stays on them. */
const focusGuards = '[data-tabster-dummy]'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Fails when axe finds something serious or critical on the page as it is now (WCAG 2.2 AA). */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(source)
  // An open menu covers parts of the buttons below it, which would then count as too small.
  const uncovered = (await page.locator('[role="menu"]').count()) === 0
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  // A text, since this file is checked without the browser's types.
  const violations: readonly Violation[] = await page.evaluate(
    `axe.run({ exclude: ${JSON.stringify([focusGuards])} }, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} }, rules: { 'target-size': { enabled: ${uncovered} } } }).then((found) => found.violations)`,
  )
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html.slice(0, 300)).join('\n  ')}`)
  assert.deepEqual(grave, [], `${page.url()}:\n${grave.join('\n')}`)
}
