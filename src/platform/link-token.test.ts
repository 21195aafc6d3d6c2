import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkToken, linkTokenHash } from './link-token.ts'

const config = { secret: 'a secret of at least thirty-two characters' }

test('S29 a link token is the same every time, and another for another row, purpose or installation', () => {
  const token = linkToken(config, 'partnership-invitation', 'one')

  assert.match(token, /^[\w-]{43}$/)
  assert.equal(linkToken(config, 'partnership-invitation', 'one'), token)
  const others = [
    linkToken(config, 'partnership-invitation', 'two'),
    linkToken(config, 'relationship-request', 'one'),
    linkToken({ secret: 'another secret of thirty-two characters' }, 'partnership-invitation', 'one'),
  ]
  assert.equal(new Set([token, ...others]).size, 4)
  assert.notDeepEqual(linkTokenHash(token), linkTokenHash(others[0] ?? ''))
})
