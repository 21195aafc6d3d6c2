import { join } from 'node:path'
import { sql } from 'kysely'
import { importCatalogFile } from '../src/features/catalog/import-catalog-file.ts'
import { importServicePlans } from '../src/features/catalog/import-service-plans.ts'
import type { CatalogFileKind } from '../src/features/catalog/wire.ts'
import { newId } from '../src/kernel/ids.ts'
import type { Deps } from '../src/platform/context.ts'
import { operator } from './parties.ts'
import { makeActor } from './stage.ts'

const files: readonly { readonly kind: CatalogFileKind; readonly fileName: string }[] = [
  { kind: 'price-list', fileName: 'price-list.csv' },
  { kind: 'offer-matrix', fileName: 'offer-matrix.csv' },
]

/**
 * Imports the demo catalog as an operator would import the vendor's files. A transaction of its own: the same files again
 * change nothing, so a start that was cut off afterwards does no harm.
 */
export async function loadCatalog(deps: Deps): Promise<void> {
  const tenant = { tenantId: newId<'organization'>(), kind: 'operator', name: operator.name } as const
  const actor = makeActor(tenant, { userId: newId(), name: operator.name, role: 'platform_operator', locale: 'en' })
  for (const { kind, fileName } of files) {
    const path = join(import.meta.dirname, fileName)
    const report = await importCatalogFile(deps, actor, {
      kind,
      fileName,
      path,
      dryRun: false,
      leaveOutBadLines: false,
    })
    if (report.outcome === 'refused') throw new Error(`demo/${fileName} has ${report.badLines} bad lines.`)
  }
  const fileName = 'service-plans.csv'
  const plans = await importServicePlans(deps, actor, { fileName, path: join(import.meta.dirname, fileName) })
  if (plans.problems.length > 0) throw new Error(`demo/${fileName} has ${plans.problems.length} problems.`)
  // The planner has not looked at it yet, and the orders that follow ask it hundreds of times.
  await sql`analyze products, skus, price_items`.execute(deps.db)
}
