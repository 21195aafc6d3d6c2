import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { openLog } from './log.ts'

test('the log leaves out passwords, cookies, addresses and the values of a violated constraint', () => {
  const out = new PassThrough()
  const log = openLog('info', out as unknown as NodeJS.WriteStream)
  const violated = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    constraint: 'users_email_key',
    detail: 'Key (email)=(ayse@example.com) already exists.',
  })

  log.warn(
    { err: violated, password: 'hush', request: { cookie: 'kanal=1', headers: { authorization: 'Bearer x' } } },
    'odd',
  )

  const line = String(out.read())
  assert.match(line, /users_email_key/)
  assert.match(line, /"msg":"odd"/)
  assert.doesNotMatch(line, /ayse|hush|kanal=1|Bearer/)
})
