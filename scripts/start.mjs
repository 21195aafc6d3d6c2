// npm start: installs, builds the portal, and serves with the demo world, on any Node that is 20.19 or newer.
import { join } from 'node:path'
import { become, buildPortal, expectNode, findNode, install, isInstalled, isPortalCurrent, root } from './launch.mjs'

expectNode()
if (!isInstalled({ withDev: !isPortalCurrent() })) install()
const node = findNode()
buildPortal(node)
become(node, [join(root, 'src', 'main.ts'), 'serve'], { KANAL_DEMO: process.env.KANAL_DEMO || '1' })
