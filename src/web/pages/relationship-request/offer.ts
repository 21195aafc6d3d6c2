import * as z from 'zod/mini'

const PartnerCard = z.object({ name: z.string(), city: z.string(), country: z.string() })

/** What a request's link shows. */
export const Offer = z.object({
  state: z.enum(['issued', 'opened', 'accepted', 'declined', 'revoked', 'expired']),
  expiresAt: z.string(),
  provider: PartnerCard,
  reseller: z.nullable(PartnerCard),
  privileges: z.nullable(z.object({ roles: z.array(z.string()), days: z.number() })),
  agreement: z.object({ version: z.string(), text: z.string() }),
  viewer: z.nullable(
    z.object({
      organizationName: z.string(),
      canAnswer: z.boolean(),
      reason: z.nullable(z.string()),
      globalAdmins: z.array(z.string()),
    }),
  ),
})
export type Offer = z.infer<typeof Offer>
