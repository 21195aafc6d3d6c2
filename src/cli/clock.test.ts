import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openPool } from '../platform/database.ts'
import { cloneDatabase } from '../platform/test-server.ts'
import { kanal } from './test-kanal.ts'

const provider = {
  kind: 'provider',
  'legal-name': 'Deneme Dağıtım A.Ş.',
  'trading-name': 'Deneme Dağıtım',
  country: 'TR',
  city: 'Ankara',
  'email-domain': 'deneme.example',
  'registration-number': '9876543210',
  'admin-username': 'kerem',
  'admin-email': 'kerem@deneme.example',
  'admin-first-name': 'Kerem',
  'admin-last-name': 'Yılmaz',
  'representative-name': 'Helen Park',
  'representative-email': 'helen@program.example',
}

test('a sandbox is made, looked at, moved forward a year and emptied from the command line; production is not', async () => {
  await using database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kanal-cli-'))
  const pool = openPool(database.address, { max: 1 })
  const run = (...args: readonly string[]) => kanal(database, folder, ...args)
  const add = (change: Readonly<Record<string, string>>, ...more: readonly string[]) =>
    run(
      'add-partner',
      ...Object.entries({ ...provider, ...change }).flatMap(([name, value]) => [`--${name}`, value]),
      ...more,
    )
  try {
    await run('create-operator', '--username', 'ada', '--email', 'ada@program.example', '--name', 'Ada Yılmaz')
    assert.equal((await add({}, '--sandbox')).status, 0)
    const production = {
      'trading-name': 'Gerçek Dağıtım',
      'legal-name': 'Gerçek Dağıtım A.Ş.',
      'email-domain': 'gercek.example',
      'registration-number': '1234567890',
      'admin-username': 'gercek',
      'admin-email': 'kerem@gercek.example',
    }
    assert.equal((await add(production)).status, 0)
    const { rows } = await pool.query(
      `select trading_name, world from organizations where kind = 'provider' order by 1`,
    )
    assert.deepEqual(
      rows.map((row: unknown) => Object.values(row as object)),
      [
        ['Deneme Dağıtım', 'sandbox'],
        ['Gerçek Dağıtım', 'production'],
      ],
    )

    assert.match((await run('clock', 'show', '--provider', 'deneme dagitim')).out, /^Deneme Dağıtım {2}sandbox {2}20/)
    assert.match((await run('clock', 'show', '--provider', 'Bilinmeyen')).err, /Sandboxes: Deneme Dağıtım\./)
    const moved = await run('clock', 'advance', '--provider', 'Deneme Dağıtım', '--by', 'P1Y')
    assert.equal(moved.status, 0, moved.err)
    assert.match(moved.out, /^done {2}20.*nothing was due$/m)
    const ahead = await pool.query(
      `select round(clock_offset_ms / 86400000.0)::int as days from organizations where world = 'sandbox'`,
    )
    assert.ok([365, 366].includes((ahead.rows[0] as { days: number }).days))

    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [['advance', '--provider', 'Gerçek Dağıtım', '--by', 'P1M'], /^Production clocks cannot be moved/],
      [['advance', '--provider', 'Deneme Dağıtım', '--to', '2020-01-01'], /^The clock only goes forward/],
      [['advance', '--provider', 'Deneme Dağıtım', '--by', 'a year'], /^--by is a period/],
      [['advance', '--provider', 'Deneme Dağıtım'], /^Usage: npx kanal clock show/],
    ]
    const answers = await Promise.all(refusals.map(([args]) => run('clock', ...args)))
    for (const [place, [, sentence]] of refusals.entries()) {
      assert.deepEqual(answers[place]?.status, 1)
      assert.match(answers[place]?.err ?? '', sentence)
    }

    assert.match((await run('clock', 'reset', '--provider', 'Deneme Dağıtım')).out, /is empty: 0 customers, 0 orders/)
    const back = await pool.query(`select from organizations where world = 'sandbox' and clock_offset_ms = 0`)
    assert.equal(back.rowCount, 1)
  } finally {
    await pool.end()
    await rm(folder, { recursive: true })
  }
})
