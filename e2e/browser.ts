import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Programs that are a Chrome or Chromium, by the names that distributions give them. */
const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'chrome.exe']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Opens a browser without a window: that of CHROME_PATH, else the one of the development dependency `@sparticuz/chromium`, which
 * brings its libraries with it and needs half the time of a whole browser, else an installed Chrome or Chromium.
 */
export async function openBrowser(): Promise<Browser> {
  const hasOwn = process.platform === 'linux' && process.arch === 'x64'
  const installed = process.env['CHROME_PATH'] || (hasOwn ? undefined : findInstalled())
  const { executablePath, env } = installed ? { executablePath: installed, env: {} } : await unpackOwn()
  return await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    // Without a sandbox, since tests run as root and in containers, and only our own pages are shown.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--lang=en-US'],
  })
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places]
  return candidates.find((path) => existsSync(path))
}

/** Unpacks the dependency's browser, its libraries and a font, once. */
async function unpackOwn(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const folder = join(import.meta.dirname, '..', 'node_modules', '.cache', 'chromium')
  mkdirSync(folder, { recursive: true })
  const before = process.env['TMPDIR']
  // It unpacks into the folder for temporary files, whatever lies there already.
  process.env['TMPDIR'] = folder
  try {
    const { default: own, inflate } = await import('@sparticuz/chromium')
    const executablePath = await own.executablePath()
    const libraries = join(import.meta.dirname, '..', 'node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br')
    await inflate(libraries)
    // The configuration it brings looks in fixed folders only.
    const fonts = join(folder, 'fonts.conf')
    const folders = [join(folder, 'fonts'), '/usr/share/fonts'].map((each) => `<dir>${each}</dir>`).join('')
    writeFileSync(fonts, `<fontconfig>${folders}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`)
    return {
      executablePath,
      env: {
        LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
          .filter(Boolean)
          .join(delimiter),
        FONTCONFIG_FILE: fonts,
      },
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
