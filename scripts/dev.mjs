// npm run dev: the server restarts when its sources change, and Vite serves the portal on http://localhost:5173.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expectNode, findNode, install, isInstalled, root } from './launch.mjs'

expectNode()
if (!isInstalled({ withDev: true })) install()
const node = findNode()
const env = { ...process.env, KANAL_DEMO: process.env.KANAL_DEMO || '1' }
const children = [
  ['--watch-path=src', '--watch-preserve-output', join('src', 'main.ts'), 'serve'],
  [join('node_modules', 'vite', 'bin', 'vite.js')],
].map((args) => spawn(node, args, { cwd: root, env, stdio: 'inherit' }))

// Ctrl-C reaches them as it reaches us; we only wait.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => children.forEach((child) => child.kill('SIGTERM')))
for (const child of children) {
  child.once('exit', () => children.forEach((other) => other.exitCode === null && other.kill('SIGTERM')))
}
