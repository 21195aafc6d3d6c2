#!/usr/bin/env node
// npx kanal <command>: hands over to Node 26.
import { join } from 'node:path'
import { become, expectNode, findNode, giveUp, isInstalled, root } from '../scripts/launch.mjs'

expectNode()
if (!isInstalled({ withDev: false })) giveUp('What Kanal needs is not installed: run npm ci, then this again.')
become(findNode(), [join(root, 'src', 'main.ts'), ...process.argv.slice(2)])
