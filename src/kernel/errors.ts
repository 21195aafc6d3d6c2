/**
 * Every refusal the product can give, once: its name, its HTTP status and the code an API client sees. Adding a line here
 * and its sentence in `strings/{en,tr}/refusals.json` is the whole job.
 *
 * Codes below 900000 and 900123–900124 mean what the field's API says they mean; 990xxx are ours.
 */
export const refusals = {
  invalidRequest: { status: 400, code: 990001 },
  malformedBody: { status: 400, code: 990002 },
  bodyTooLarge: { status: 413, code: 990003 },
  notSignedIn: { status: 401, code: 990010 },
  accessDenied: { status: 403, code: 990011 },
  passwordChangeRequired: { status: 403, code: 990012 },
  secondFactorRequired: { status: 403, code: 990013 },
  originNotAllowed: { status: 403, code: 990014 },
  globalAdminNeeded: { status: 403, code: 990015 },
  wrongPassword: { status: 400, code: 990016 },
  weakPassword: { status: 400, code: 990017 },
  temporaryPasswordExpired: { status: 403, code: 990018 },
  signInFailed: { status: 401, code: 990019 },
  wrongCode: { status: 400, code: 990023 },
  codeExpired: { status: 400, code: 990024 },
  notFound: { status: 404, code: 990020 },
  unknownRoute: { status: 404, code: 990021 },
  methodNotAllowed: { status: 405, code: 990022 },
  conflict: { status: 409, code: 990030 },
  stale: { status: 409, code: 990031 },
  requestIdReused: { status: 409, code: 990032 },
  tooManyRequests: { status: 429, code: 990040 },
  internal: { status: 500, code: 990050 },
  unavailable: { status: 503, code: 990051 },

  partnershipRequired: { status: 409, code: 990101 },
  attestationRequired: { status: 400, code: 990102 },
  alreadyPartners: { status: 409, code: 990103 },
  notEnrolledReseller: { status: 403, code: 990104 },
  notEnrolledProvider: { status: 403, code: 990108 },
  wrongRegion: { status: 403, code: 990105 },
  ownInvitation: { status: 403, code: 990106 },
  customerCannotPartner: { status: 403, code: 990107 },
  invitationInvalid: { status: 404, code: 990110 },
  invitationExpired: { status: 410, code: 990111 },
  invitationRevoked: { status: 410, code: 990112 },
  invitationUsed: { status: 410, code: 990113 },
  invitationDeclined: { status: 410, code: 990114 },
  authorizationRequired: { status: 400, code: 990115 },
  resellerAgreementMissing: { status: 403, code: 900123 },
  ownAgreementMissing: { status: 403, code: 900124 },
  partnerSuspended: { status: 403, code: 990120 },
  globalIdUsed: { status: 400, code: 990130 },
  wrongLocationId: { status: 400, code: 990131 },
  mpnIdNotFound: { status: 404, code: 800015 },
  notAnIndirectReseller: { status: 400, code: 800016 },
  profileReadOnly: { status: 403, code: 990140 },

  customerOutsideRegion: { status: 403, code: 990201 },
  domainTaken: { status: 409, code: 990202 },
  ownCustomer: { status: 400, code: 990203 },
  nameNeedsConfirmation: { status: 409, code: 990204 },
  customerAgreementMissing: { status: 403, code: 13605 },
  attestingRoleNeeded: { status: 403, code: 990206 },
  activeSubscriptions: { status: 409, code: 990207 },
  relationshipExists: { status: 409, code: 990208 },
  customerNotReachable: { status: 403, code: 990209 },
  noDelegatedAccess: { status: 403, code: 990210 },
  acceptanceIncomplete: { status: 400, code: 990211 },
  customerAccountNeeded: { status: 403, code: 990212 },
  privilegeMissing: { status: 403, code: 990213 },

  offerNotAvailable: { status: 400, code: 990301 },
  priceChanged: { status: 409, code: 990302 },
  quantityOutOfRange: { status: 400, code: 900275 },
  prerequisiteMissing: { status: 400, code: 990304 },
  ownershipLimit: { status: 400, code: 990305 },
  trialUsed: { status: 400, code: 990306 },
  upgradeNotPossible: { status: 400, code: 990307 },
  reductionWindowOver: { status: 400, code: 990308 },
  subscriptionNotActive: { status: 409, code: 990309 },
  mixedCurrencies: { status: 400, code: 990310 },
  trialFixed: { status: 400, code: 990311 },
  usageMetered: { status: 400, code: 990312 },
  reductionTooMuch: { status: 400, code: 990313 },
  licensesAssigned: { status: 409, code: 990314 },
  cancelWindowOver: { status: 409, code: 990315 },
  noCancelWindow: { status: 409, code: 990316 },
  trialNoCancel: { status: 400, code: 990317 },
  trialNoStatus: { status: 400, code: 990318 },
  reactivationOver: { status: 409, code: 990319 },
  baseNotActive: { status: 409, code: 27009 },
  noTerm: { status: 400, code: 990320 },
  autoRenewOff: { status: 409, code: 990321 },
  endOutsideTerm: { status: 400, code: 990322 },
  notATrial: { status: 400, code: 990323 },
  renewalRunning: { status: 409, code: 990324 },
  previewStale: { status: 409, code: 990325 },
  endNotAligned: { status: 400, code: 990326 },
  suspendedNoChange: { status: 400, code: 2001 },
  requestAnswered: { status: 409, code: 990330 },
  requestWithdrawn: { status: 409, code: 990331 },
  requestSent: { status: 409, code: 990332 },

  askYourProvider: { status: 403, code: 990321 },
  serviceRequestClosed: { status: 409, code: 990322 },
  serviceRequestNotYours: { status: 403, code: 990323 },
  reopenTooLate: { status: 409, code: 990324 },
  fileTypeRefused: { status: 400, code: 990325 },
  fileEmpty: { status: 400, code: 990326 },
  tooManyUploads: { status: 409, code: 990327 },

  lastGlobalAdmin: { status: 409, code: 990401 },
  usernameTaken: { status: 409, code: 990402 },
  emailTaken: { status: 409, code: 990403 },
  roleNotAssignable: { status: 403, code: 990404 },
  ownAccess: { status: 409, code: 990405 },
  ownAccount: { status: 409, code: 990407 },
  userNotActive: { status: 409, code: 990406 },
  restoreTooLate: { status: 410, code: 990408 },
  noLicenses: { status: 409, code: 990410 },
  usageLocationMissing: { status: 409, code: 990411 },
  uploadSaved: { status: 409, code: 990412 },

  fileNotReadable: { status: 400, code: 990501 },
  fileHasErrors: { status: 422, code: 990502 },
  columnsMissing: { status: 400, code: 990503 },
  columnsRepeated: { status: 400, code: 990504 },
  fileRows: { status: 400, code: 990505 },

  mandatoryAction: { status: 409, code: 990601 },
  tooManyWebhooks: { status: 409, code: 990620 },
  webhookDisabled: { status: 409, code: 990621 },
  replayRunning: { status: 409, code: 990622 },
  mailSent: { status: 409, code: 990611 },
  mailServerMissing: { status: 409, code: 990612 },

  productionClock: { status: 409, code: 990901 },
  clockBackwards: { status: 400, code: 990902 },
  clockTooFar: { status: 400, code: 990903 },
  clockRunOpen: { status: 409, code: 990904 },
  worldStays: { status: 409, code: 990905 },
  confirmationDiffers: { status: 400, code: 990906 },
} as const satisfies Record<string, { status: number; code: number }>

export type RefusalName = keyof typeof refusals

/** One field that was not accepted: `field` is its path in the request, `rule` a key of `strings/{en,tr}/fieldRules.json`. */
export interface FieldRefusal {
  readonly field: string
  readonly rule: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface RefusalDetail {
  /** Ids the caller needs in order to act, such as the subscriptions in the way. */
  readonly data?: readonly string[]
  /** Values for the placeholders of the refusal's sentence. */
  readonly params?: Readonly<Record<string, string | number>>
  readonly fields?: readonly FieldRefusal[]
}

/** A refusal the caller can act on. Anything else that is thrown is a bug or an outage. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: RefusalName
  readonly detail: RefusalDetail

  constructor(reason: RefusalName, detail: RefusalDetail = {}) {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}

/** Shorthand for the refusal of a single field. */
export function fieldRefusal(field: string, rule: string, params?: Readonly<Record<string, string | number>>): Refusal {
  return new Refusal('invalidRequest', { fields: [params ? { field, rule, params } : { field, rule }] })
}
