import { markProfileReviewed } from '../src/features/overview/mark-profile-reviewed.ts'
import { acceptInvitation, declineInvitation } from '../src/features/partnerships/answer-invitation.ts'
import { revokeInvitation } from '../src/features/partnerships/change-invitation.ts'
import { removePartnership } from '../src/features/partnerships/remove-partnership.ts'
import { requestPartnership } from '../src/features/partnerships/request-partnership.ts'
import type { InvitationId, PartnershipId } from '../src/kernel/ids.ts'
import { type DemoReseller, resellers } from './parties.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'

/** Days ago that each partnership began. */
const since: Readonly<Record<string, number>> = {
  marmara: 300,
  ege: 260,
  truva: 250,
  karadeniz: 190,
  toros: 170,
  evergreen: 295,
  blueridge: 210,
  lonestar: 200,
}

/** Makes every partnership by invitation and acceptance, and leaves invitations in each state behind. */
export async function loadPartnerships(stage: Stage): Promise<void> {
  // One provider has finished its setup; the other has this step before it.
  stage.at(320)
  await markProfileReviewed(stage.deps, actorOf(stage, 'bogazici', 'global_admin'))
  for (const reseller of resellers) {
    const days = since[reseller.key]
    if (days !== undefined) await makePartners(stage, reseller, days)
  }
  await leaveInvitations(stage)
}

async function invite(
  stage: Stage,
  provider: string,
  recipientEmail: string,
  daysAgo: number,
  language: 'en' | 'tr' = 'tr',
) {
  stage.at(daysAgo, 8.5)
  const draft = await requestPartnership(stage.deps, actorOf(stage, provider, 'sales_agent'), {
    recipientEmail,
    language,
  })
  return { id: draft.id as InvitationId, token: draft.link.slice(draft.link.lastIndexOf('/') + 1) }
}

/** Makes a partnership by invitation and acceptance, some days ago. */
export async function makePartners(stage: Stage, reseller: DemoReseller, daysAgo: number): Promise<void> {
  const { token } = await invite(
    stage,
    reseller.provider ?? '',
    `admin@${reseller.domain}`,
    daysAgo + 2,
    reseller.locale,
  )
  stage.at(daysAgo, 10)
  await acceptInvitation(stage.deps, actorOf(stage, reseller.key, 'global_admin'), {
    token,
    authorized: true,
    grantAdminAccess: reseller.key === 'marmara',
  })
}

async function leaveInvitations(stage: Stage): Promise<void> {
  await invite(stage, 'bogazici', `admin@${tenantOf(stage, 'firat').domain}`, 3)
  await invite(stage, 'bogazici', `bilgi@${tenantOf(stage, 'hitit').domain}`, 2)
  await invite(stage, 'bogazici', 'sales@pamukkale-it.example', 120)
  await invite(stage, 'cascade', 'ops@granitecity.example', 1, 'en')
  const { id } = await invite(stage, 'bogazici', 'info@kapadokya-net.example', 45)
  stage.at(44, 11)
  await revokeInvitation(stage.deps, actorOf(stage, 'bogazici', 'sales_agent'), { invitationId: id })
  const declined = await invite(stage, 'cascade', `admin@${tenantOf(stage, 'rhein').domain}`, 60, 'en')
  stage.at(58, 14)
  await declineInvitation(stage.deps, actorOf(stage, 'rhein', 'global_admin'), { token: declined.token })
}

/** Ends the partnership with the reseller whose standing says so; what it had with customers stays. */
export async function endPartnerships(stage: Stage): Promise<void> {
  for (const { key, standing, provider } of resellers) {
    if (standing !== 'ended' || provider === null) continue
    const partnership = await stage.deps.db
      .selectFrom('partnerships')
      .select('id')
      .where('reseller_id', '=', tenantOf(stage, key).tenantId)
      .executeTakeFirstOrThrow()
    const template = await stage.deps.db
      .selectFrom('agreement_templates')
      .select('version')
      .where('kind', '=', 'removal_attestation')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    stage.at(25, 13)
    await removePartnership(stage.deps, actorOf(stage, provider, 'global_admin'), {
      partnershipId: partnership.id as PartnershipId,
      attested: template.version,
    })
  }
}
