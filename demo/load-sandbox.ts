import { sql } from 'kysely'
import type { WantedLine } from '../src/features/orders/wire.ts'
import { sandboxProvisioning } from '../src/features/subscriptions/provision-sandbox.ts'
import type { OrganizationId } from '../src/kernel/ids.ts'
import type { DemoCustomer } from './customers.ts'
import { addCustomer } from './load-customers.ts'
import { loadOrganization } from './load-organizations.ts'
import { makePartners } from './load-partnerships.ts'
import { order } from './load-subscriptions.ts'
import { type Offer, readOffers } from './offers.ts'
import type { DemoParty, DemoReseller } from './parties.ts'
import { type Stage, tenantOf } from './stage.ts'

/* A third provider, in a sandbox: small, so that a year of it is soon seen through. Production's parties know nothing of it. */

const provider: DemoParty = {
  key: 'pusula',
  legalName: 'Pusula Test Dağıtım A.Ş.',
  name: 'Pusula Test',
  country: 'TR',
  city: 'Eskişehir',
  state: '',
  addressLine1: 'Sivrihisar Caddesi 8, Tepebaşı',
  postalCode: '26120',
  registrationNumber: '7330451862',
  domain: 'pusula.example',
  phone: '+90 222 555 01 40',
  globalId: '4830100',
  locationIds: ['4830101'],
  locale: 'tr',
}

const reseller: DemoReseller = {
  key: 'poyraz',
  legalName: 'Poyraz Bilişim Ltd. Şti.',
  name: 'Poyraz Bilişim',
  country: 'TR',
  city: 'Kütahya',
  state: '',
  addressLine1: 'Fatih Sultan Mehmet Bulvarı 30',
  postalCode: '43020',
  registrationNumber: '7340982215',
  domain: 'poyraz.example',
  phone: '+90 274 555 01 60',
  globalId: '5430200',
  locationIds: ['5430201'],
  locale: 'tr',
  standing: 'partner',
  provider: provider.key,
}

const common = { country: 'TR', state: '', provider: provider.key, segment: 'commercial', how: 'attested' } as const

const customers: readonly DemoCustomer[] = [
  {
    ...common,
    legalName: 'Papatya Fırıncılık Ltd. Şti.',
    prefix: 'papatyafirin',
    city: 'Eskişehir',
    district: 'Odunpazarı',
    street: 'Atatürk Caddesi 61',
    postalCode: '26010',
    taxOffice: 'Yunusemre',
    contact: ['Nermin', 'Papatya'],
    reseller: reseller.key,
  },
  {
    ...common,
    legalName: 'Nehir Kargo A.Ş.',
    prefix: 'nehirkargo',
    city: 'Kütahya',
    district: 'Merkez',
    street: 'Cumhuriyet Caddesi 17',
    postalCode: '43020',
    taxOffice: 'Çinili',
    contact: ['Volkan', 'Nehir'],
    reseller: null,
  },
]

/** What each customer has, one of a kind each: all that a year does to subscriptions can be seen. */
const wanted: readonly ((offer: Offer) => boolean)[] = [
  ({ kind, term, billingPlan }) => kind === 'license' && term === 'P1Y' && billingPlan === 'monthly',
  ({ kind, term }) => kind === 'license' && term === 'P1M',
  ({ kind }) => kind === 'trial',
]

/** Subscriptions that the sandbox adds to those of production. */
export const sandboxSubscriptions = customers.length * wanted.length

/** Loads a provider in a sandbox, with a reseller, customers and their first subscriptions. */
export async function loadSandbox(stage: Stage): Promise<void> {
  await loadOrganization(stage, 'provider', provider, 'sandbox: its clock can be moved', 'active', 90)
  const providerId = tenantOf(stage, provider.key).tenantId as OrganizationId
  await sql`update organizations set world = 'sandbox' where id = ${providerId}`.execute(stage.deps.db)
  await loadOrganization(stage, 'reseller', reseller, 'active partner of the sandbox', 'active', 80)
  await makePartners(stage, reseller, 60)
  for (const [place, customer] of customers.entries()) await addCustomer(stage, customer, 60 + place)

  const offers = await readOffers(stage.deps.db, 'TR', 'commercial', stage.today)
  for (const [turn, customer] of customers.entries()) {
    const lines = wanted.map((isWanted, line) =>
      lineOf(offers.filter(isWanted)[turn * 3], customer, 5 + turn * 4 + line),
    )
    const ordered = await order(stage, customer, turn, stage.at(9 - turn, 10 + turn), lines)
    if (ordered.length !== lines.length)
      throw new Error(`The demo world does not sell ${customer.prefix} all it wants.`)
    await sandboxProvisioning.run(stage.deps, providerId, stage.at(9 - turn, 10.1 + turn), new AbortController().signal)
  }
}

function lineOf(offer: Offer | undefined, customer: DemoCustomer, quantity: number): WantedLine {
  if (!offer) throw new Error('The demo world lacks an offer for its sandbox.')
  const { productId, skuId, term, billingPlan, kind, min, max } = offer
  return {
    productId,
    skuId,
    term,
    billingPlan,
    quantity: kind === 'trial' ? 25 : Math.min(Math.max(quantity, min), max),
    friendlyName: '',
    resellerPartnerId: customer.reseller === null ? null : (reseller.locationIds[0] ?? null),
  }
}
