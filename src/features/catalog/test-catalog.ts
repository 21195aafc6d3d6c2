import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../kernel/ids.ts'
import { permissionsOf } from '../../kernel/permissions.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { importCatalogFile } from './import-catalog-file.ts'
import { offerMatrixColumns, type OfferMatrixColumn } from './offer-matrix-file.ts'
import { priceListColumns, type PriceListColumn } from './price-list-file.ts'
import type { CatalogFileKind, ImportReport } from './wire.ts'

/** For tests: the operator's representative, without a row in the database. */
export const operator: Actor = {
  userId: newId(),
  userName: 'Ada Operator',
  organizationId: newId(),
  organizationName: 'Kanal',
  organizationKind: 'operator',
  roles: ['platform_operator'],
  permissions: permissionsOf('operator', ['platform_operator']),
  locale: 'en',
  request: { hash: '', correlationId: newId(), ip: '127.0.0.1' },
}

const usualPrice: Readonly<Record<PriceListColumn, string>> = {
  ProductTitle: 'Lodos Mail',
  ProductId: 'MAIL',
  SkuId: '1',
  SkuTitle: 'Lodos Mail',
  SkuDescription: 'A mailbox.',
  Publisher: 'Lodos Cloud',
  UnitOfMeasure: '',
  TermDuration: 'P1Y',
  BillingPlan: 'Monthly',
  Market: 'TR',
  Currency: 'TRY',
  UnitPrice: '100',
  'ERP Price': '120',
  PricingTierRangeMin: '',
  PricingTierRangeMax: '',
  EffectiveStartDate: '1/1/2026 0:00',
  EffectiveEndDate: '12/31/9999 0:00',
  EndofSaleDate: '',
  Tags: 'License',
  Segment: 'Commercial',
}

const usualOffer: Readonly<Record<OfferMatrixColumn, string>> = {
  ProductTitle: 'Lodos Mail',
  ProductId: 'MAIL',
  SkuId: '1',
  SkuTitle: 'Lodos Mail',
  Description: 'A mailbox.',
  ProvisioningId: '',
  ProvisioningString: '',
  MinLicenses: '1',
  MaxLicenses: '300',
  AssetOwnershipLimit: '',
  AssetOwnershipLimitType: '',
  ProductSkuPreRequisites: '',
  ProductSkuConversion: '',
  AllowedCountries: '',
}

/** For tests: a price list of lines that differ from a usual one as told. A product's titles follow from its id. */
export function priceList(...lines: readonly Partial<Record<PriceListColumn, string>>[]): string {
  return csvOf(
    Object.keys(priceListColumns),
    lines.map((line) => ({ ...usualPrice, ...titlesOf(line), ...line })),
  )
}

/** For tests: an offer matrix, as `priceList`. */
export function offerMatrix(...lines: readonly Partial<Record<OfferMatrixColumn, string>>[]): string {
  return csvOf(
    Object.keys(offerMatrixColumns),
    lines.map((line) => ({ ...usualOffer, ...titlesOf(line), ...line })),
  )
}

function titlesOf({ ProductId }: { readonly ProductId?: string }): { ProductTitle?: string; SkuTitle?: string } {
  return ProductId === undefined ? {} : { ProductTitle: `Product ${ProductId}`, SkuTitle: `Product ${ProductId}` }
}

function csvOf(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
  return lines.map((cells) => cells.map(cell).join(',')).join('\r\n')
}

/** For tests: imports a file with this content, by default for good and as a whole. */
export async function importText(
  deps: Deps,
  kind: CatalogFileKind,
  content: string | Uint8Array,
  options: { readonly dryRun?: boolean; readonly leaveOutBadLines?: boolean; readonly actor?: Actor } = {},
): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), 'kanal-import-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, content)
    const { dryRun = false, leaveOutBadLines = false, actor = operator } = options
    return await importCatalogFile(deps, actor, { kind, fileName: 'file.csv', path, dryRun, leaveOutBadLines })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** For tests: the demo catalog, whole. */
export async function givenDemoCatalog(deps: Deps): Promise<void> {
  const folder = join(import.meta.dirname, '..', '..', '..', 'demo')
  const common = { dryRun: false, leaveOutBadLines: false }
  for (const kind of ['price-list', 'offer-matrix'] as const) {
    const fileName = `${kind}.csv`
    await importCatalogFile(deps, operator, { kind, fileName, path: join(folder, fileName), ...common })
  }
}
