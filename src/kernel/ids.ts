declare const kind: unique symbol

/** An opaque UUID of one kind of thing; ids of different kinds do not mix. Never reused. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

export type OrganizationId = Id<'organization'>
export type CustomerId = Id<'customer'>
export type UserId = Id<'user'>
export type PartnershipId = Id<'partnership'>
export type InvitationId = Id<'invitation'>
export type RelationshipRequestId = Id<'relationshipRequest'>
export type LocationAccountId = Id<'locationAccount'>
export type OrderId = Id<'order'>
export type OrderRequestId = Id<'orderRequest'>
export type SubscriptionId = Id<'subscription'>
export type ServiceRequestId = Id<'serviceRequest'>

/** Stands in `customer_id` columns for records that concern no customer, so that the column can lead every key. */
export const noCustomer = '00000000-0000-0000-0000-000000000000' as CustomerId

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for a canonical lower-case UUID of any version. Callers lower-case first: GUIDs compare without regard to case. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

let lastMs = 0
let counter = 0

/** Chance for many ids at a time: asking for it costs more than all the rest of an id. */
const chance = new Uint8Array(2048)
let chanceUsed = chance.length

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes an id that sorts by the time it was made (UUID version 7), so that new rows land at the end of an index.
 * Ids made by one process in the same millisecond still sort in the order they were made.
 */
export function newId<Kind extends string>(): Id<Kind> {
  const nowMs = Date.now()
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = 0
  } else {
    counter += 1
    if (counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
  }
  if (chanceUsed === chance.length) {
    crypto.getRandomValues(chance)
    chanceUsed = 0
  }
  const at = chanceUsed
  chanceUsed += 8
  chance[at] = ((chance[at] ?? 0) & 0x3f) | 0x80
  let tail = ''
  for (let index = at; index < at + 8; index++) tail += hex[chance[index] ?? 0]
  const time = lastMs.toString(16).padStart(12, '0')
  const sequence = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${tail.slice(0, 4)}-${tail.slice(4)}` as Id<Kind>
}

const orderAlphabet = '23456789BCDFGHJKMNPQRSTVWXZ'

/**
 * Makes an order number that people can read aloud, such as `K7QM-29XK-DF3H`: no vowels, no look-alikes, over 50 bits of
 * chance, so that no counter has to be shared between machines.
 */
export function newOrderNumber(): string {
  const text = randomLetters(12)
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}

/** Makes the number of a service request, such as `SR-7QM29XKD`, of the letters of order numbers; over 38 bits of chance. */
export function newServiceRequestNumber(): string {
  return `SR-${randomLetters(8)}`
}

function randomLetters(count: number): string {
  const letters: string[] = []
  while (letters.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // Bytes from 243 on would favor the first letters of the alphabet.
      if (byte < 243 && letters.length < count) letters.push(orderAlphabet[byte % 27] ?? '2')
    }
  }
  return letters.join('')
}
