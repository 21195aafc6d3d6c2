import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({ PORT: '' })

  assert.deepEqual(
    { ...config, dataFolder: config.dataFolder.slice(-5) },
    {
      port: 8080,
      host: 'localhost',
      databaseUrl: undefined,
      dataFolder: '/data',
      demo: false,
      publicUrl: 'http://localhost:8080',
      logLevel: 'info',
      secret: undefined,
    },
  )
})

for (const [name, value] of Object.entries({
  PORT: '65536',
  HOST: 'a b',
  KANAL_DEMO: 'yes',
  DATABASE_URL: 'mysql://secret@db/x',
  PUBLIC_URL: 'https://kanal.example.com/path',
  LOG_LEVEL: 'loud',
  KANAL_SECRET: 'short',
})) {
  test(`a bad ${name} is refused with a sentence that names it`, () => {
    assert.throws(() => readConfig({ [name]: value }), {
      name: 'OperatorError',
      message: new RegExp(`^${name} must .*\\.$`),
    })
  })
}

test('a bad DATABASE_URL is not repeated in the message, because it holds a password', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://secret@db/x' }),
    (error: Error) => !/secret/.test(error.message),
  )
})

test('the demo world is not served to other machines', () => {
  assert.throws(() => readConfig({ KANAL_DEMO: '1', HOST: '0.0.0.0' }), { name: 'OperatorError' })
  assert.equal(readConfig({ KANAL_DEMO: '1', HOST: '127.0.0.1' }).host, '127.0.0.1')
})
