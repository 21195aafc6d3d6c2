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
      smtpUrl: undefined,
      mailFrom: undefined,
      webhookReach: 'public',
      secret: undefined,
      objectStore: undefined,
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
  SMTP_URL: 'https://mail.example.com',
  MAIL_FROM: 'Kanal kanal@example.com',
  KANAL_SECRET: 'short',
  KANAL_S3_URL: 'ftp://store.example.com',
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

test('webhooks lead to the internet only, in the demo world also to this machine, and anywhere when the operator says so', () => {
  assert.equal(readConfig({}).webhookReach, 'public')
  assert.equal(readConfig({ KANAL_DEMO: '1' }).webhookReach, 'loopback')
  assert.equal(readConfig({ KANAL_DEMO: '1', KANAL_WEBHOOK_PRIVATE: '1' }).webhookReach, 'private')
  assert.throws(() => readConfig({ KANAL_WEBHOOK_PRIVATE: 'yes' }), { message: /^KANAL_WEBHOOK_PRIVATE must be 1/ })
})

test('a mail server needs an address to send from, and its own address is not repeated', () => {
  assert.throws(() => readConfig({ SMTP_URL: 'smtp://kanal:secret@mail.example.com' }), {
    message: /^MAIL_FROM must be set/,
  })
  assert.throws(
    () => readConfig({ SMTP_URL: 'http://kanal:secret@mail.example.com' }),
    (error: Error) => !/secret/.test(error.message),
  )
  const config = readConfig({ SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'Kanal Portalı <kanal@example.com>' })
  assert.deepEqual(config.mailFrom, { name: 'Kanal Portalı', address: 'kanal@example.com' })
  assert.deepEqual(readConfig({ MAIL_FROM: 'kanal@example.com' }).mailFrom, { name: '', address: 'kanal@example.com' })
})

for (const from of ['a@b\r\nBcc: x@y.example', 'Kanal\n <kanal@example.com>', 'Kanal <a@b> <c@d>', '@', 'a@']) {
  test(`MAIL_FROM ${JSON.stringify(from)} is no address`, () => {
    assert.throws(() => readConfig({ MAIL_FROM: from }), { name: 'OperatorError' })
  })
}

test('an object store needs its bucket and keys, and no key is repeated in a message', () => {
  const all = {
    KANAL_S3_URL: 'https://s3.example.com/',
    KANAL_S3_BUCKET: 'kanal-files',
    KANAL_S3_KEY: 'an-access-key',
    KANAL_S3_SECRET: 'a-secret-key',
  }
  assert.deepEqual(readConfig(all).objectStore, {
    url: 'https://s3.example.com',
    bucket: 'kanal-files',
    region: 'us-east-1',
    key: 'an-access-key',
    secret: 'a-secret-key',
  })
  for (const name of ['KANAL_S3_BUCKET', 'KANAL_S3_KEY', 'KANAL_S3_SECRET']) {
    assert.throws(
      () => readConfig({ ...all, [name]: '' }),
      (error: Error) => error.message.startsWith(name) && !/an-access-key|a-secret-key/.test(error.message),
    )
  }
})

test('the demo world is not served to other machines', () => {
  assert.throws(() => readConfig({ KANAL_DEMO: '1', HOST: '0.0.0.0' }), { name: 'OperatorError' })
  assert.equal(readConfig({ KANAL_DEMO: '1', HOST: '127.0.0.1' }).host, '127.0.0.1')
})
