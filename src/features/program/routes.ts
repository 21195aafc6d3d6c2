import { z } from 'zod'
import { publicRoute, route } from '../../platform/route.ts'
import { listDirectory, readDirectoryProfile, refuseProfileChange } from './directory.ts'
import { editDirectoryProfile } from './edit-directory-profile.ts'
import { listOrganizations } from './list-organizations.ts'
import { readCountries, readRegionOf, readTemplate } from './queries.ts'
import {
  Agreement,
  Countries,
  DirectoryPage,
  DirectoryProfile,
  EditDirectoryProfileInput,
  ListDirectoryInput,
  ListOrganizationsInput,
  OrganizationPage,
  templateKinds,
} from './wire.ts'

export const programRoutes = [
  publicRoute({
    method: 'GET',
    path: '/portal/v1/countries',
    needs: 'public',
    summary: 'Lists countries with what their addresses, numbers and currency look like.',
    input: z.strictObject({}),
    reply: Countries,
    handle: async (deps, { actor }) => {
      const [countries, own] = await Promise.all([readCountries(deps.db), readRegionOf(deps.db, actor)])
      return countries.map((country) => ({ ...country, inRegion: country.regionId === own }))
    },
  }),
  route({
    method: 'GET',
    path: '/portal/v1/agreements/:kind',
    needs: 'signedIn',
    summary: 'Reads the text of an agreement or attestation in force, in the reader’s language.',
    input: z.strictObject({ kind: z.enum(templateKinds) }),
    reply: Agreement,
    handle: (deps, actor, { kind }) => readTemplate(deps.db, kind, actor.locale, deps.now()),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/profile',
    needs: 'profile.read',
    summary: 'Reads the provider’s own entry in the directory.',
    input: z.strictObject({}),
    reply: DirectoryProfile,
    handle: (deps, actor) => readDirectoryProfile(deps, actor, { providerId: actor.organizationId }),
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/profile',
    needs: 'profile.read',
    summary: 'Always refused: a provider’s entry is changed by its representative.',
    // Whatever is sent, the answer is the same.
    input: z.looseObject({}),
    reply: 204,
    handle: refuseProfileChange,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/directory',
    needs: 'directory.read',
    summary: 'Lists the indirect providers a reseller can turn to.',
    input: ListDirectoryInput,
    reply: DirectoryPage,
    handle: listDirectory,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/directory/:providerId',
    needs: 'directory.read',
    summary: 'Reads one provider’s entry in the directory.',
    input: z.strictObject({ providerId: z.uuid() }),
    reply: DirectoryProfile,
    handle: readDirectoryProfile,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/directory/:providerId',
    needs: 'directory.edit',
    summary: 'Changes a provider’s entry in the directory.',
    input: EditDirectoryProfileInput,
    reply: z.object({ version: z.number() }),
    handle: editDirectoryProfile,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/organizations',
    needs: 'organizations.read',
    summary: 'Lists providers and resellers with their standing in the program.',
    input: ListOrganizationsInput,
    reply: OrganizationPage,
    handle: listOrganizations,
  }),
]
