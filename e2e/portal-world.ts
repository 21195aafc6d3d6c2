import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { buildApp, builtPortal, edge } from '../src/app.ts'
import { testPassword } from '../src/features/identity/test-users.ts'
import type { TestUser } from '../src/features/identity/test-users.ts'
import { testWorld } from '../src/platform/test-world.ts'
import type { TestWorld } from '../src/platform/test-world.ts'
import { openBrowser } from './browser.ts'

/** How somebody looks at the portal. */
export interface Look {
  readonly language?: 'en' | 'tr'
  readonly width?: number
  readonly theme?: 'light' | 'dark' | 'contrast'
  /** Signed in from the start, by a session that exists already. */
  readonly as?: TestUser
}

/** A world of one's own with the built portal in front of it, and a browser. */
export interface PortalWorld extends AsyncDisposable {
  readonly world: TestWorld
  readonly url: string
  /** Opens an address of the portal in a browser context of its own. What the page logs as an error fails the test at the end. */
  open(path: string, look?: Look): Promise<Page>
  /** Signs in by hand, as a person does. */
  signIn(page: Page, user: TestUser): Promise<void>
}

/** Makes a world for a browser journey: `await using portal = await portalWorld()`. */
export async function portalWorld(given: Parameters<typeof testWorld>[0] = {}): Promise<PortalWorld> {
  if (!existsSync(join(builtPortal, 'index.html'))) throw new Error('The portal is not built: npm run build')
  const world = await testWorld(given)
  const app = await buildApp(world.deps, { edge, portalFolder: builtPortal })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  let browser: Promise<Browser> | undefined
  const contexts: BrowserContext[] = []
  const problems: string[] = []

  return {
    world,
    url,
    async open(path, { language = 'en', width = 1440, theme = 'light', as } = {}) {
      browser ??= openBrowser()
      const context = await (
        await browser
      ).newContext({
        viewport: { width, height: 900 },
        locale: language === 'tr' ? 'tr-TR' : 'en-GB',
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
        ...(width <= 640 ? { hasTouch: true } : {}),
      })
      context.setDefaultTimeout(10_000)
      contexts.push(context)
      // A frame without rights, such as that of a mail, has no storage.
      await context.addInitScript((chosen) => {
        if (Reflect.get(globalThis, 'origin') !== 'null') localStorage.setItem('kanal.theme', chosen)
      }, theme)
      if (as) {
        const [name = '', value = ''] = as.cookie.split('=', 2)
        await context.addCookies([{ name, value, url }])
      }
      const page = await context.newPage()
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        // The browser itself logs every answer of 400 and above; those are part of the journeys.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          problems.push(`${page.url()}: ${message.text()}`)
        }
      })
      await page.goto(`${url}${path}`)
      return page
    },
    async signIn(page, user) {
      await page.locator('input[autocomplete="username"]').fill(user.username)
      await page.locator('input[autocomplete="current-password"]').fill(testPassword)
      await page.locator('button[type="submit"]').click()
    },
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close()
      await (await browser)?.close()
      await app.close()
      await world[Symbol.asyncDispose]()
      if (problems.length > 0) throw new Error(`The browser logged errors:\n${problems.join('\n')}`)
    },
  }
}
