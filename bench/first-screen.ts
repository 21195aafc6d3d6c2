import { openBrowser } from '../e2e/browser.ts'

/**
 * Milliseconds from asking a browser with an empty cache for the portal until its sign-in form can be used; the median of
 * five.
 */
export async function measureFirstScreen(url: string): Promise<number> {
  const browser = await openBrowser()
  try {
    const times: number[] = []
    for (let run = 0; run < 5; run += 1) {
      const context = await browser.newContext()
      const page = await context.newPage()
      const began = performance.now()
      await page.goto(url)
      await page.getByRole('textbox').first().waitFor()
      times.push(performance.now() - began)
      await context.close()
    }
    return times.toSorted((a, b) => a - b)[2] ?? Number.NaN
  } finally {
    await browser.close()
  }
}
