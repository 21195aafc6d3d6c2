import { sql } from 'kysely'
import { newId, type OrganizationId, type PartnershipId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import type { Role } from '../../kernel/permissions.ts'
import { givenUser } from '../identity/test-users.ts'
import {
  type GivenOrganization,
  givenProvider,
  givenReseller,
  type TestOrganization,
} from '../program/test-organizations.ts'

/** For tests: a partnership that has begun, written past the rules, so that it may also be one that could not begin today. */
export async function givenPartnership(
  deps: Deps,
  provider: Pick<TestOrganization, 'organizationId'>,
  reseller: Pick<TestOrganization, 'organizationId' | 'locationId'>,
  given: { readonly ended?: boolean; readonly adminAccess?: 'none' | 'granted' } = {},
): Promise<PartnershipId> {
  const id = newId<'partnership'>()
  const at = deps.now()
  const attestationId = given.ended ? await givenAttestation(deps, provider.organizationId, id) : null
  await sql`
    insert into partnerships (id, provider_id, reseller_id, reseller_location_account_id, region_id, state,
      provider_admin_access, started_at, ended_at, ended_by, ended_by_side, end_attestation_id)
    select ${id}, id, ${reseller.organizationId}, ${reseller.locationId}, region_id, ${given.ended ? 'ended' : 'active'},
      ${given.adminAccess ?? 'none'}, ${at}, ${given.ended ? at : null}, ${given.ended ? newId() : null},
      ${given.ended ? 'provider' : null}, ${attestationId}
    from organizations where id = ${provider.organizationId}`.execute(deps.db)
  return id
}

async function givenAttestation(
  deps: Deps,
  organizationId: OrganizationId,
  partnershipId: PartnershipId,
): Promise<string> {
  const id = newId()
  await deps.db
    .insertInto('attestations')
    .values({
      id,
      kind: 'removal_attestation',
      template_version: '2026-01',
      language: 'en',
      text_hash: '0'.repeat(64),
      subject_kind: 'partnership',
      subject_id: partnershipId,
      user_id: newId(),
      user_name: 'Somebody',
      organization_id: organizationId,
      at: deps.now(),
      ip: '127.0.0.1',
    })
    .execute()
  return id
}

/** For tests: the two sides of a partnership to be, and people of each. */
export async function givenSides(deps: Deps, given: { readonly reseller?: GivenOrganization } = {}) {
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps, given.reseller)
  const user = (organization: TestOrganization, kind: 'provider' | 'reseller', role: Role, name?: string) =>
    givenUser(deps, { organizationId: organization.organizationId, kind, roles: [role], ...(name ? { name } : {}) })
  return {
    provider,
    reseller,
    agent: await user(provider, 'provider', 'sales_agent', 'Selin Satış'),
    helpdesk: await user(provider, 'provider', 'helpdesk_agent'),
    resellerAdmin: await user(reseller, 'reseller', 'global_admin', 'Kerem Yönetici'),
    resellerSales: await user(reseller, 'reseller', 'sales_agent'),
  }
}

/** For tests: the token in an invitation's link. */
export function tokenIn(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1)
}
