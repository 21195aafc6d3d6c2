import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../config.ts'
import { withSecret } from './secret.ts'

test('without KANAL_SECRET the data folder keeps one, for the owner only', () => {
  using place = givenFolder()
  const config = readConfig({ KANAL_DATA: place.folder })

  const { secret } = withSecret(config)

  assert.match(secret, /^[0-9a-f]{64}$/)
  assert.equal(withSecret(config).secret, secret)
  if (process.platform !== 'win32') assert.equal(statSync(join(place.folder, 'secret')).mode & 0o777, 0o600)
})

test('KANAL_SECRET goes before the file', () => {
  using place = givenFolder()
  const given = 'k'.repeat(32)

  assert.equal(withSecret(readConfig({ KANAL_DATA: place.folder, KANAL_SECRET: given })).secret, given)
})

test('an emptied secret file is refused instead of signing with nothing', () => {
  using place = givenFolder()
  writeFileSync(join(place.folder, 'secret'), '')

  assert.throws(() => withSecret(readConfig({ KANAL_DATA: place.folder })), { name: 'OperatorError' })
})

function givenFolder(): Disposable & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kanal-secret-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
