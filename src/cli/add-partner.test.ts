import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openPool } from '../platform/database.ts'
import { cloneDatabase } from '../platform/test-server.ts'
import { kanal } from './test-kanal.ts'

const flags = {
  kind: 'reseller',
  'legal-name': 'Fırat Bilişim Ltd. Şti.',
  'trading-name': 'Fırat Bilişim',
  country: 'tr',
  city: 'Elazığ',
  'email-domain': 'firat.example',
  'registration-number': '9876543210',
  'location-id': '4810101',
  'admin-username': 'kerem',
  'admin-email': 'kerem@firat.example',
  'admin-first-name': 'Kerem',
  'admin-last-name': 'Yılmaz',
}

function argumentsOf(given: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])
}

test('a reseller is added from the command line once; what is refused names its flags', async () => {
  await using database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kanal-cli-'))
  const pool = openPool(database.address, { max: 1 })
  try {
    const add = (change: Readonly<Record<string, string>> = {}) =>
      kanal(database, folder, 'add-partner', ...argumentsOf({ ...flags, ...change }))

    assert.match((await add()).err, /Add the operator first: npx kanal create-operator/)
    const operator = { username: 'ada', email: 'ada@program.example', name: 'Ada Yılmaz' }
    assert.equal((await kanal(database, folder, 'create-operator', ...argumentsOf(operator))).status, 0)

    const added = await add()
    assert.equal(added.status, 0, added.err)
    const password = /Temporary password {2}(\S+)/.exec(added.out)?.[1] ?? ''
    assert.match(password, /^(?:[a-z0-9]{5}-){3}[a-z0-9]{5}$/)
    assert.equal(added.out.split(password).length, 2, 'the password is printed once')
    assert.equal(added.err.includes(password), false)
    assert.match(added.out, /MPN ID {14}4810101 \(global account \d{7}\)\nUser name {11}kerem\n/)
    assert.match(added.out, /Fırat Bilişim is qualified; without a signed partner agreement it cannot trade/)

    const again = await add()
    assert.equal(again.status, 1)
    assert.equal(
      again.err,
      '--registration-number: This registration number belongs to another organization.\n' +
        '--email-domain: This domain name is already in use.\n' +
        '--location-id: This MPN ID is already given, and none is given twice.\n',
    )
    const free = { 'registration-number': '1112223334', 'email-domain': 'dicle.example', 'location-id': '5000000' }
    assert.match((await add(free)).err, /^--admin-username: .*user name/)
    assert.match((await add({ ...free, 'admin-username': 'dicle' })).err, /^--admin-email: .*email/)

    const { rows } = await pool.query<{ kind: string }>('select kind from organizations order by kind')
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['operator', 'reseller'],
    )
  } finally {
    await pool.end()
    await rm(folder, { recursive: true })
  }
})

test('what does not fit its bounds is refused in words before anything is opened', async () => {
  await using database = await cloneDatabase()
  const add = (given: Readonly<Record<string, string>>) =>
    kanal(database, '/nonexistent', 'add-partner', ...argumentsOf(given))

  const refused = await add({
    kind: 'provider',
    'legal-name': '&',
    'trading-name': 'x'.repeat(201),
    country: 'TR',
    city: 'An\u0007kara',
    'email-domain': '@firat',
    'global-id': '0123',
    'admin-username': 'K',
    'admin-email': 'kerem',
    'admin-first-name': 'Kerem',
    language: 'de',
  })
  assert.equal(refused.status, 1)
  assert.deepEqual(refused.err.trim().split('\n'), [
    '--legal-name: The company name has no letter or digit. Enter the full legal company name.',
    '--trading-name: Enter at most 200 characters.',
    '--city: Remove the invisible characters.',
    '--email-domain: Enter the part of the email addresses after the @, such as example.com.',
    '--global-id: An MPN ID has 4 to 10 digits and does not begin with 0.',
    '--admin-username: Use letters, digits, dots, hyphens and underscores only.',
    '--admin-email: Enter an email address such as name@example.com.',
    '--admin-last-name: This field is required.',
    '--language: One of en, tr.',
    '--representative-name: This field is required.',
    '--representative-email: This field is required.',
  ])
  assert.match((await add({ kind: 'customer' })).err, /--kind is provider or reseller/)
  assert.match(
    (await add({ ...flags, 'representative-name': 'Helen Park' })).err,
    /--representative-name: This field is not known here/,
  )
  assert.match((await add({ colour: 'red' })).err, /colour.*Usage: --kind provider\|reseller/)
})
