import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

test('no acknowledged order is lost, and none is done twice, when server and database are killed under load', () => {
  const torture = join(import.meta.dirname, '..', 'scripts', 'torture.ts')

  const { status, stdout, stderr } = spawnSync(process.execPath, [torture, '--kills', '10'], { encoding: 'utf8' })

  assert.equal(status, 0, `${stdout}${stderr}`)
  assert.match(stdout, /10 kills, .* 0 lost, 0 done twice, 0 never answered/)
})
