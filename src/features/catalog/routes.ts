import { route } from '../../platform/route.ts'
import { listImports, listOffers, listPublishers, listSkus } from './queries.ts'
import { receiveCatalogFile } from './receive-catalog-file.ts'
import {
  ImportInput,
  ImportPage,
  ImportReport,
  ListImportsInput,
  ListOffersInput,
  ListPublishersInput,
  ListSkusInput,
  OfferPage,
  PublisherList,
  SkuPage,
} from './wire.ts'

export const catalogRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/catalog/offers',
    summary: 'Lists what a customer, or one about to be added in a country, can be sold; a search also tells why not.',
    needs: 'catalog.read',
    input: ListOffersInput,
    reply: OfferPage,
    handle: listOffers,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/catalog/publishers',
    summary: 'Lists the publishers in the catalog.',
    needs: 'catalog.read',
    input: ListPublishersInput,
    reply: PublisherList,
    handle: async (deps) => ({ items: await listPublishers(deps) }),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/catalog',
    summary: 'Lists all SKUs and the countries that have a price for them.',
    needs: 'catalog.read',
    input: ListSkusInput,
    reply: SkuPage,
    handle: (deps, _actor, input) => listSkus(deps, input),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/catalog/imports',
    summary: 'Lists the price lists and offer matrices that were imported, newest first.',
    needs: 'catalog.import',
    input: ListImportsInput,
    reply: ImportPage,
    handle: (deps, _actor, input) => listImports(deps, input),
  }),
  route({
    method: 'POST',
    path: '/portal/v1/catalog/imports',
    summary:
      "Checks or imports one of the vendor's files: a form with the fields kind, dryRun and leaveOutBadLines, then the file.",
    needs: 'catalog.import',
    input: ImportInput,
    reply: ImportReport,
    upload: { maxBytes: 512 * 1024 * 1024 },
    handle: receiveCatalogFile,
  }),
]
