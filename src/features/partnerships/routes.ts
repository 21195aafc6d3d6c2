import { z } from 'zod'
import { publicRoute, route } from '../../platform/route.ts'
import { acceptInvitation, declineInvitation, openInvitation } from './answer-invitation.ts'
import { changeInvitation, extendInvitation, revokeInvitation } from './change-invitation.ts'
import { exportPartnerships } from './export-partnerships.ts'
import { listInvitations, readDraft } from './list-invitations.ts'
import { listPartnerships } from './list-partnerships.ts'
import { listSelectableResellers } from './queries.ts'
import { readPartnership } from './read-partnership.ts'
import { exportRemoval, readRemoval } from './read-removal.ts'
import { removePartnership } from './remove-partnership.ts'
import { requestPartnership } from './request-partnership.ts'
import { revokeAdminAccess } from './revoke-admin-access.ts'
import { verifyPartnerId } from './verify-partner-id.ts'
import {
  AcceptedInvitation,
  AcceptInvitationInput,
  ChangeInvitationInput,
  ExportPartnershipsInput,
  InvitationDraft,
  InvitationInput,
  InvitationLanding,
  InvitationPage,
  InvitationTokenInput,
  ListInvitationsInput,
  ListPartnershipsInput,
  PartnershipDetail,
  PartnershipInput,
  PartnershipPage,
  PartnershipRemoval,
  ReadDraftInput,
  RemovedPartnership,
  RemovePartnershipInput,
  RequestPartnershipInput,
  ResellerChoices,
  ResellerChoicesInput,
  VerifiedPartnerId,
  VerifyPartnerIdInput,
} from './wire.ts'

const invitations = '/portal/v1/partnership-invitations'
const partnerships = '/portal/v1/partnerships'

export const partnershipRoutes = [
  route({
    method: 'POST',
    path: invitations,
    needs: 'partnerships.request',
    summary: 'Makes a personal link for one reseller and the draft of the message that carries it.',
    input: RequestPartnershipInput,
    reply: InvitationDraft,
    handle: requestPartnership,
  }),
  route({
    method: 'GET',
    path: invitations,
    needs: 'partnerships.request',
    summary: 'Lists the partnership requests the provider made, newest first.',
    input: ListInvitationsInput,
    reply: InvitationPage,
    handle: listInvitations,
  }),
  route({
    method: 'GET',
    path: `${invitations}/:invitationId/draft`,
    needs: 'partnerships.request',
    summary: 'Reads the message of an open request again.',
    input: ReadDraftInput,
    reply: InvitationDraft,
    handle: readDraft,
  }),
  route({
    method: 'PATCH',
    path: `${invitations}/:invitationId`,
    needs: 'partnerships.request',
    summary: 'Notes for whom an open request is and in which language.',
    input: ChangeInvitationInput,
    reply: 204,
    handle: changeInvitation,
  }),
  route({
    method: 'POST',
    path: `${invitations}/:invitationId/revocation`,
    needs: 'partnerships.revoke_invitation',
    summary: 'Withdraws a request; its link accepts nothing any more.',
    input: InvitationInput,
    reply: 204,
    handle: revokeInvitation,
  }),
  route({
    method: 'POST',
    path: `${invitations}/:invitationId/extension`,
    needs: 'partnerships.request',
    summary: 'Gives an open or expired request a full span from now on.',
    input: InvitationInput,
    reply: z.object({ expiresAt: z.string() }),
    handle: extendInvitation,
  }),
  publicRoute({
    method: 'GET',
    path: `${invitations}/by-token/:token`,
    needs: 'public',
    summary: 'Shows what a personal link leads to, and whether the reader can accept.',
    input: InvitationTokenInput,
    reply: InvitationLanding,
    handle: openInvitation,
  }),
  route({
    method: 'POST',
    path: `${invitations}/by-token/:token/acceptance`,
    // Whoever holds a link is told by name why it is not theirs to accept, and who can; only a reseller's global admin passes.
    needs: 'signedIn',
    summary: 'Accepts a request: the partnership begins for both sides.',
    input: AcceptInvitationInput,
    reply: AcceptedInvitation,
    handle: acceptInvitation,
  }),
  route({
    method: 'POST',
    path: `${invitations}/by-token/:token/refusal`,
    needs: 'partnerships.accept',
    summary: 'Declines a request for good.',
    input: InvitationTokenInput,
    reply: 204,
    handle: declineInvitation,
  }),
  route({
    method: 'GET',
    path: partnerships,
    needs: 'partnerships.read',
    summary: 'Lists partnerships: a provider’s resellers, a reseller’s providers.',
    input: ListPartnershipsInput,
    reply: PartnershipPage,
    handle: listPartnerships,
  }),
  route({
    method: 'GET',
    path: `${partnerships}/export`,
    needs: 'partnerships.export',
    summary: 'Downloads the list of indirect resellers as CSV.',
    input: ExportPartnershipsInput,
    reply: 'csv',
    handle: exportPartnerships,
  }),
  route({
    method: 'GET',
    path: `${partnerships}/:partnershipId`,
    needs: 'partnerships.read',
    summary: 'Reads one partnership with the other side’s profile and what happened.',
    input: PartnershipInput,
    reply: PartnershipDetail,
    handle: readPartnership,
  }),
  route({
    method: 'GET',
    path: `${partnerships}/:partnershipId/removal`,
    needs: 'partnerships.remove',
    summary: 'Reads what the end of a partnership leaves as it is, and what has to be attested.',
    input: PartnershipInput,
    reply: PartnershipRemoval,
    handle: readRemoval,
  }),
  route({
    method: 'GET',
    path: `${partnerships}/:partnershipId/removal/export`,
    needs: 'partnerships.remove',
    summary: 'Downloads what the end of a partnership leaves as it is, to work through.',
    input: PartnershipInput,
    reply: 'csv',
    handle: exportRemoval,
  }),
  route({
    method: 'POST',
    path: `${partnerships}/:partnershipId/removal`,
    needs: 'partnerships.remove',
    summary: 'Ends a partnership with the attestation that was ticked; customers and privileges stay.',
    input: RemovePartnershipInput,
    reply: RemovedPartnership,
    handle: removePartnership,
  }),
  route({
    method: 'POST',
    path: `${partnerships}/:partnershipId/admin-access-revocation`,
    needs: 'partnerships.accept',
    summary: 'Takes back the provider’s access to the reseller’s own account.',
    input: PartnershipInput,
    reply: 204,
    handle: revokeAdminAccess,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/reseller-choices',
    needs: 'partnerships.read',
    summary: 'Lists the resellers to choose from for something new, with the reason where one cannot be chosen.',
    input: ResellerChoicesInput,
    reply: ResellerChoices,
    handle: async (deps, actor, input) => ({ items: await listSelectableResellers(deps.db, actor, input) }),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/partner-ids/:partnerId',
    needs: 'subscriptions.set_reseller',
    perMinute: 30,
    summary: 'Verifies an MPN ID: whose it is, and whether it can be used.',
    input: VerifyPartnerIdInput,
    reply: VerifiedPartnerId,
    handle: verifyPartnerId,
  }),
]
