import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { priceList } from '../features/catalog/test-catalog.ts'
import { cloneDatabase } from '../platform/test-server.ts'
import { kanal } from './test-kanal.ts'

test('a file is imported from the command line, with its bad lines in words and the exit status to match', async () => {
  await using database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kanal-cli-'))
  try {
    const file = join(folder, 'list.csv')
    await writeFile(file, priceList({}, { UnitPrice: '1,5' }))
    const run = (...args: readonly string[]) => kanal(database, folder, 'import', ...args)

    const refused = await run('price-list', file)
    assert.equal(refused.status, 1, refused.err)
    assert.match(refused.out, /line 3 UnitPrice "1,5": Use a number with a decimal point/)
    assert.match(refused.out, /refused as a whole/)

    const imported = await run('price-list', file, '--leave-out-bad-lines')
    assert.equal(imported.status, 0, imported.err)
    assert.match(imported.out, /2 lines, 1 added, 0 changed, 0 ended, 0 unchanged, 1 bad/)

    const checked = await run('price-list', file, '--dry-run', '--leave-out-bad-lines')
    assert.equal(checked.status, 0, checked.err)
    assert.match(checked.out, /nothing was imported/)

    const plans = join(folder, 'plans.csv')
    const header = 'ProductId,SkuId,ServicePlanId,ServicePlanName'
    await writeFile(plans, `${header}\nabc,1,MAIL,Mail\nabc,0001,CHAT,Chat\nabc,1,MAIL,Mail\n`)
    assert.match((await run('service-plans', plans)).out, /plans\.csv: imported, 2 lines for 1 SKUs\./)
    await writeFile(plans, `${header}\nabc,1,,Mail\n`)
    const bad = await run('service-plans', plans)
    assert.equal(bad.status, 1, bad.err)
    assert.match(bad.out, /line 2 ServicePlanId "": .+\n.*refused as a whole/)

    const missing = await run('offer-matrix', join(folder, 'nothing.csv'))
    assert.equal(missing.status, 1)
    assert.match(missing.err, /nothing\.csv cannot be read/)
    assert.match((await run('prices', file)).err, /Usage: npx kanal import price-list\|offer-matrix FILE/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
