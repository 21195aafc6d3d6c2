// Our own lint rules: which part of the program may import which, and that features ask the clock they are given.
import { isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')

/** Features in their order: each may import from its own rank and from those before. */
const ranks = [
  ['identity', 'audit', 'notifications'],
  ['events'],
  ['program'],
  ['partnerships', 'catalog'],
  ['customers'],
  ['subscriptions', 'billing'],
  ['licenses', 'support', 'orders'],
  ['transfers'],
  ['overview', 'sandbox'],
]

const compositions = /^(app|server|main)\.ts$|^cli\//
const isTest = (file) => /\.test\.tsx?$|(^|\/)test-[\w-]+\.ts$/.test(file)
/** Files as pure as rules that have a better name. */
const pureFiles = ['features/audit/actions.ts', 'features/billing/charge.ts']
const isRules = (file) => /^features\/[^/]+\/rules(\.ts$|\/)/.test(file) || pureFiles.includes(file)
const isWire = (file) => /^features\/[^/]+\/wire(\.ts$|\/)/.test(file)
const featureOf = (file) => /^features\/([^/]+)\//.exec(file)?.[1]
const rankOf = (feature) => ranks.findIndex((rank) => rank.includes(feature))

/**
 * What is wrong with an import, or undefined.
 *
 * @param from The importing file, below src, with slashes.
 * @param to A file below src, or the name of a package.
 * @param typeOnly Whether only types are taken; those vanish before the program runs.
 */
export function complaintAbout(from, to, typeOnly) {
  const isPackage = !/\.(tsx?|json|css|svg)$/.test(to) || isBuiltin(to)
  if (!isPackage && !isTest(from)) {
    if (isTest(to)) return 'only tests import what is made for tests'
    if (compositions.test(to) && !compositions.test(from)) return 'nothing imports what puts the program together'
  }
  if (from.startsWith('kernel/')) return kernelComplaint(from, to, isPackage)
  if (from.startsWith('platform/')) return platformComplaint(from, to)
  if (from.startsWith('web/')) return webComplaint(to, isPackage)
  if (from.startsWith('features/')) return featureComplaint(from, to, isPackage, typeOnly)
  return undefined
}

function kernelComplaint(from, to, isPackage) {
  if (to.startsWith('kernel/') || (isPackage && isTest(from))) return undefined
  return 'the kernel imports only itself'
}

function platformComplaint(from, to) {
  if (to.startsWith('web/')) return 'the platform knows nothing of the portal'
  if (to.startsWith('features/') && !isTest(from)) return 'the platform never imports a feature'
  return undefined
}

const serverPackages = /^(fastify|@fastify\/|kysely|pg|pino|graphile-worker|better-auth|prom-client|yauzl|csv-)/

function webComplaint(to, isPackage) {
  if (isPackage) return isBuiltin(to) || serverPackages.test(to) ? 'the portal runs in a browser' : undefined
  if (/^(web|kernel|strings)\//.test(to) || isRules(to) || isWire(to)) return undefined
  return 'the portal imports only kernel, rules, wire and strings of the server'
}

function featureComplaint(from, to, isPackage, typeOnly) {
  if (isTest(from)) return storeComplaint(from, to)
  if (to.startsWith('web/')) return 'a feature knows nothing of the portal'
  if (isRules(from)) return rulesComplaint(from, to, isPackage)
  if (isWire(from)) return wireComplaint(from, to, isPackage, typeOnly)
  if (isPackage) {
    const edge = /^(fastify$|@fastify\/)/.test(to) && !typeOnly
    return edge ? 'only the platform knows Fastify' : undefined
  }
  return storeComplaint(from, to) ?? orderComplaint(from, to)
}

function rulesComplaint(from, to, isPackage) {
  if (isPackage) return 'rules are pure: they import only kernel and rules'
  if (to.startsWith('kernel/') || isRules(to)) return orderComplaint(from, to)
  return 'rules are pure: they import only kernel and rules'
}

function wireComplaint(from, to, isPackage, typeOnly) {
  if (to === 'zod' || typeOnly) return undefined
  if (!isPackage && (to.startsWith('kernel/') || isRules(to) || isWire(to))) return orderComplaint(from, to)
  return 'wire shapes are safe in a browser: they import only zod, kernel, rules and wire'
}

function storeComplaint(from, to) {
  const isStore = /^features\/[^/]+\/store(\.ts$|\/)/.test(to)
  return isStore && featureOf(from) !== featureOf(to) ? 'a store is private to its feature' : undefined
}

function orderComplaint(from, to) {
  const own = featureOf(from)
  const other = featureOf(to)
  if (own === undefined || other === undefined || own === other) return undefined
  if (rankOf(other) === -1 || rankOf(own) === -1) return 'a new feature needs its place in scripts/lint-plugin.mjs'
  return rankOf(other) > rankOf(own) ? `${own} comes before ${other}, so it does not import it` : undefined
}

const imports = {
  create(context) {
    const from = relative(src, context.filename).split(sep).join('/')
    if (from.startsWith('..')) return {}
    const check = (node) => {
      const name = node.source?.value
      if (typeof name !== 'string') return
      const to = name.startsWith('.')
        ? relative(src, join(dirname(context.filename), name))
            .split(sep)
            .join('/')
        : name
      const kind = node.importKind ?? node.exportKind
      const parts = node.specifiers ?? []
      const typeOnly = kind === 'type' || (parts.length > 0 && parts.every((part) => part.importKind === 'type'))
      const complaint = complaintAbout(from, to, typeOnly)
      if (complaint) context.report({ node: node.source, message: `${complaint}.` })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}

const clock = {
  create(context) {
    const report = (node) => context.report({ node, message: 'ask deps.now(): a feature has no clock of its own.' })
    return {
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node)
      },
      MemberExpression(node) {
        const path = `${node.object.name}.${node.property.name}`
        if (path === 'Date.now' || path === 'Temporal.Now') report(node)
      },
    }
  },
}

// The linter asks for a default export.
export default { meta: { name: 'kanal' }, rules: { imports, clock } }
