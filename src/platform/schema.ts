// Made by `npm run db:types` from the migrations; do not edit.
import type { ColumnType } from 'kysely'

/** Filled by the database unless given. */
export type Generated<T> =
  T extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read, Insert | undefined, Update>
    : ColumnType<T, T | undefined, T>

/** Filled by the database, never by us. */
export type Computed<T> = ColumnType<T, never, never>

/** Read parsed, written as JSON text. */
export type Json = ColumnType<unknown, string, string>

/** An instant, UTC. */
export type Instant = ColumnType<Date, Date | string, Date | string>

export interface AdminRelationships {
  customer_id: string
  id: string
  partner_id: string
  name: string
  roles: string[]
  duration_days: number
  status: 'active' | 'expired' | 'terminated'
  granted_via: 'default' | 'request'
  activated_at: Instant
  ends_at: Instant
  ended_at: Instant | null
}

export interface AgreementTemplates {
  kind: 'partner' | 'customer' | 'removal_attestation' | 'order_attestation' | 'partnership_authorization'
  version: string
  language: 'en' | 'tr'
  body: string
  effective_from: string
}

export interface Attestations {
  id: string
  kind: string
  template_version: string
  language: string
  text_hash: string
  subject_kind: string
  subject_id: string
  user_id: string
  user_name: string
  organization_id: string
  at: Instant
  ip: string
}

export interface AuditRecords {
  customer_id: string
  id: string
  xact: Generated<string>
  at: Instant
  action: string
  subject_kind: string
  subject_id: string
  actor_user_id: string
  actor_name: string
  actor_organization_id: string
  actor_organization: string
  on_behalf_of: string | null
  provider_id: string | null
  reseller_id: string | null
  before: Json | null
  after: Json | null
  request_id: string | null
  ip: string
}

export interface AuditSeals {
  number: bigint
  previous_hash: string
  hash: string
  first_xact: string
  first_id: string
  last_xact: string
  last_id: string
  record_count: number
  sealed_at: Instant
  record_ids: string[]
  record_hashes: Buffer
}

export interface CatalogImports {
  id: string
  kind: 'price-list' | 'offer-matrix'
  file_name: string
  file_hash: string
  imported_at: Instant
  imported_by: string
  line_count: number
  added: number
  changed: number
  ended: number
  left_out: number
}

export interface ChargeLines {
  customer_id: string
  id: string
  subscription_id: string
  provider_id: string
  order_id: string | null
  type: 'new' | 'renew' | 'cycleCharge' | 'addQuantity' | 'removeQuantity' | 'cancelImmediate' | 'convert'
  quantity: number
  charge_start: string
  charge_end: string
  unit_cost: string
  unit_retail: string
  cost_minor: bigint
  retail_minor: bigint
  currency: string
  reseller_id: string | null
  reseller_partner_id: string | null
  written_at: Instant
}

export interface ClockRuns {
  provider_id: string
  id: string
  status: 'waiting' | 'running' | 'done' | 'stopped' | 'failed'
  from_at: Instant
  to_at: Instant
  reached_at: Instant
  counts: Generated<Json>
  error: string | null
  stop_asked: Generated<boolean>
  requested_by: string
  requested_by_name: string
  created_at: Instant
  ended_at: Instant | null
}

export interface Countries {
  code: string
  region_id: string
  currency: string
  culture: string
  calling_code: string
  postal_code_pattern: string | null
  postal_code_example: string | null
  state_required: Generated<boolean>
  registration_required: Generated<boolean>
  registration_pattern: string | null
  registration_example: string | null
  phone_required: Generated<boolean>
}

export interface Credentials {
  id: string
  user_id: string
  provider_id: Generated<string>
  account_id: string
  password_hash: string
  created_at: Instant
  changed_at: Instant
}

export interface CustomerAgreementAcceptances {
  customer_id: string
  id: string
  provider_id: string | null
  method: 'attested' | 'direct'
  template_version: string
  first_name: string
  last_name: string
  email: string
  phone: Generated<string>
  accepted_on: string
  recorded_by: string
  recorded_by_name: string
  recorded_at: Instant
  superseded_at: Instant | null
}

export interface CustomerRelationships {
  customer_id: string
  id: string
  partner_id: string
  type: 'provider' | 'reseller'
  via: 'created' | 'invited'
  state: 'active' | 'removed'
  started_at: Instant
  ended_at: Instant | null
  country: string
  sort_key: string
  search_key: string
  agreement: Generated<'attested' | 'direct' | 'missing'>
  has_reseller: Generated<boolean>
}

export interface CustomerResellerAssociations {
  customer_id: string
  id: string
  provider_id: string
  reseller_id: string
  partnership_id: string
  scope: Generated<string>
  created_at: Instant
  created_by: string
  created_by_name: string
  ended_at: Instant | null
  end_reason: 'removed' | 'replaced' | 'customer_removed' | null
  sort_key: string
  search_key: string
}

export interface Customers {
  id: string
  legal_name: string
  country: string
  culture: string
  language: 'en' | 'tr'
  segment: Generated<'commercial' | 'education' | 'government' | 'charity'>
  primary_domain: string
  address_line1: string
  address_line2: Generated<string>
  city: string
  district: Generated<string>
  state: Generated<string>
  postal_code: Generated<string>
  registration_number: string | null
  tax_office: Generated<string>
  contact_first_name: string
  contact_last_name: string
  contact_email: string
  contact_phone: Generated<string>
  sort_key: string
  created_at: Instant
  version: Generated<number>
  second_factor_required: Generated<boolean>
  tenant_name: Generated<string>
}

export interface DirectoryProfiles {
  provider_id: string
  listed: boolean
  not_listed_reason: Generated<string>
  description_en: string
  description_tr: string
  services: Generated<string[]>
  website: Generated<string>
  contact_email: Generated<string>
  contact_phone: Generated<string>
  representative_name: string
  representative_email: string
  representative_phone: Generated<string>
  version: Generated<number>
  updated_at: Instant
}

export interface Domains {
  name: string
  owner_id: string
  owner_kind: 'customer' | 'organization'
  is_initial: boolean
  created_at: Instant
}

export interface Events {
  customer_id: string
  id: string
  xact: Generated<string>
  at: Instant
  type: string
  subject_kind: string
  subject_id: string
  provider_id: string | null
  reseller_id: string | null
  payload: Json
  actor_organization_id: string | null
}

export interface ForgottenObjects {
  key: string
  forgotten_at: Instant
}

export interface IdempotencyKeys {
  actor_id: string
  request_id: string
  request_hash: string
  reply: Json | null
  created_at: Instant
}

export interface LicenseAssignments {
  customer_id: string
  user_id: string
  product_id: string
  sku_id: string
  off_plans: Generated<string[]>
  assigned_at: Instant
  assigned_by: string
  assigned_by_name: string
}

export interface LicensePools {
  customer_id: string
  product_id: string
  sku_id: string
  assigned: number
}

export interface Mails {
  id: string
  kind: string
  language: 'en' | 'tr'
  to_address: string
  to_name: string
  subject: string
  content: Json
  state: Generated<'waiting' | 'sent' | 'failed'>
  attempts: Generated<number>
  next_try_at: Instant
  give_up_at: Instant
  message_id: string | null
  last_error: string | null
  search_key: string
  created_at: Instant
  finished_at: Instant | null
}

export interface NotificationStates {
  user_id: string
  notification_id: string
  read_at: Instant | null
  archived_at: Instant | null
}

export interface Notifications {
  id: string
  organization_id: string
  audience_roles: string[]
  class: 'mandatory' | 'recommended' | 'transactional' | 'promotional'
  kind: string
  params: Json
  link: string
  due_on: string | null
  created_at: Instant
  completed_at: Instant | null
}

export interface OrderLines {
  customer_id: string
  order_id: string
  line_number: number
  transaction_type: 'new' | 'upgrade' | 'renew' | 'convert' | 'add'
  subscription_id: string
  product_id: string
  sku_id: string
  title: string
  quantity: number
  term: string
  billing_plan: string
  friendly_name: Generated<string>
  unit_cost: string
  unit_retail: string
  total_cost_minor: bigint
  total_retail_minor: bigint
  reseller_id: string | null
  reseller_partner_id: string | null
}

export interface OrderRequests {
  customer_id: string
  id: string
  provider_id: string
  reseller_id: string
  kind: 'new' | 'quantity' | 'cancel'
  status: 'draft' | 'sent' | 'accepted' | 'declined' | 'withdrawn'
  lines: Json
  subscription_id: string | null
  wish_on: string | null
  note: Generated<string>
  decline_reason: Generated<string>
  search_key: string
  created_by: string
  created_by_name: string
  created_at: Instant
  sent_at: Instant | null
  answered_at: Instant | null
  answered_by_name: string | null
  listed_at: Instant
  order_id: string | null
  version: Generated<number>
}

export interface Orders {
  customer_id: string
  id: string
  number: string
  provider_id: string
  reseller_id: string | null
  currency: string
  total_cost_minor: bigint
  total_retail_minor: bigint
  attestation_version: string
  attested_as: 'indirect' | 'direct' | 'mixed'
  status: 'received' | 'validated' | 'completed' | 'failed'
  submitted_by: string
  submitted_by_name: string
  submitted_at: Instant
  request_id: string | null
}

export interface Organizations {
  id: string
  kind: 'operator' | 'provider' | 'reseller'
  legal_name: string
  trading_name: string
  country: string
  region_id: string
  culture: string
  status: Generated<'active' | 'suspended'>
  address_line1: Generated<string>
  address_line2: Generated<string>
  city: Generated<string>
  state: Generated<string>
  postal_code: Generated<string>
  registration_number: string | null
  email_domain: string | null
  support_email: Generated<string>
  support_phone: Generated<string>
  support_website: Generated<string>
  second_factor_required: Generated<boolean>
  sort_key: string
  search_key: string
  created_at: Instant
  world: Generated<'production' | 'sandbox'>
  clock_offset_ms: Generated<bigint>
}

export interface PartnerAgreementSignatures {
  organization_id: string
  region_id: string
  version: string
  location_account_id: string
  signer_user_id: string
  signer_name: string
  signed_at: Instant
  ip: string
}

export interface PartnerGlobalAccounts {
  id: string
  partner_id: string
  kind: Generated<string>
  legal_name: string
  country: string
}

export interface PartnerIds {
  partner_id: string
  kind: 'global' | 'location'
}

export interface PartnerLocationAccounts {
  id: string
  global_account_id: string
  partner_id: string
  kind: Generated<string>
  name: string
  country: string
  city: Generated<string>
  status: Generated<'active' | 'closed'>
  organization_id: string | null
}

export interface PartnershipInvitations {
  id: string
  provider_id: string
  token_hash: Buffer
  recipient_email: string | null
  language: string
  status: 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
  created_by: string
  created_by_name: string
  created_at: Instant
  expires_at: Instant
  opened_at: Instant | null
  decided_at: Instant | null
  decided_by: string | null
  accepted_by_organization_id: string | null
}

export interface Partnerships {
  id: string
  provider_id: string
  reseller_id: string
  reseller_location_account_id: string
  region_id: string
  invitation_id: string | null
  state: 'active' | 'ended'
  provider_admin_access: Generated<'none' | 'granted' | 'revoked'>
  started_at: Instant
  ended_at: Instant | null
  ended_by: string | null
  ended_by_side: 'provider' | 'reseller' | null
  end_attestation_id: string | null
}

export interface PriceItems {
  market: string
  product_id: string
  sku_id: string
  term: 'P1M' | 'P1Y' | 'P3Y' | 'P5Y' | ''
  billing_plan: 'monthly' | 'annual' | 'triennial' | 'onetime' | ''
  segment: string
  tier_min: Generated<number>
  tier_max: number | null
  effective_from: Instant
  effective_until: Instant
  currency: string
  unit_cost: string
  unit_retail: string
  import_id: string
}

export interface Products {
  product_id: string
  title: string
  publisher: string
}

export interface ProgramEnrollments {
  organization_id: string
  tier: 'indirect_provider' | 'indirect_reseller'
  status: 'draft' | 'pending' | 'qualified' | 'active' | 'rejected' | 'suspended' | 'deauthorized'
  activated_at: Instant | null
  changed_at: Instant
}

export interface ProvisioningJobs {
  customer_id: string
  id: string
  subscription_id: string
  order_id: string | null
  action: 'create' | 'changeQuantity' | 'convert' | 'suspend' | 'reactivate' | 'cancel' | 'renew' | 'delete'
  quantity: number
  status: 'queued' | 'running' | 'success' | 'failed' | 'givenUp'
  attempts: Generated<number>
  last_error: string | null
  run_after: Instant
  created_at: Instant
  finished_at: Instant | null
  lease_until: Instant | null
  external_ref: string | null
}

export interface Regions {
  id: string
  name_en: string
  name_tr: string
}

export interface RelationshipRequests {
  id: string
  provider_id: string
  reseller_id: string | null
  partnership_id: string | null
  include_privileges: boolean
  token_hash: Buffer
  recipient_email: string | null
  language: string
  status: 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
  created_by: string
  created_by_name: string
  created_at: Instant
  expires_at: Instant
  opened_at: Instant | null
  decided_at: Instant | null
  customer_id: string | null
}

export interface ReminderDays {
  provider_id: string
  done_on: string
}

export interface ReminderOptOuts {
  user_id: string
  at: Instant
}

export interface RenewalReminders {
  customer_id: string
  subscription_id: string
  end_on: string
  days_before: number
  provider_id: string
  reminded_on: string
}

export interface ResellersOfRecord {
  customer_id: string
  subscription_id: string
  id: string
  reseller_id: string
  location_account_id: string
  partner_id: string
  reseller_name: string
  valid_from: Instant
  valid_to: Instant | null
  set_by: string
  set_by_name: string
}

export interface RoleAssignments {
  id: string
  user_id: string
  organization_id: string
  role:
    | 'global_admin'
    | 'user_management_admin'
    | 'admin_agent'
    | 'sales_agent'
    | 'helpdesk_agent'
    | 'billing_admin'
    | 'account_admin'
    | 'mpn_partner_admin'
    | 'billing_contact'
    | 'user'
    | 'platform_operator'
  granted_by: string
  granted_by_name: string
  granted_at: Instant
  revoked_at: Instant | null
}

export interface ScheduledChanges {
  customer_id: string
  subscription_id: string
  id: string
  status: 'open' | 'executed' | 'failed' | 'dropped' | 'removed'
  product_id: string
  sku_id: string
  title: string
  quantity: number
  term: string
  billing_plan: string
  end_on: string | null
  created_at: Instant
  created_by: string
  created_by_name: string
  closed_at: Instant | null
}

export interface SeatLots {
  customer_id: string
  subscription_id: string
  id: string
  quantity: number
  source: 'purchase' | 'add' | 'renewal' | 'convert' | 'move'
  added_at: Instant
  reducible_until: Instant
}

export interface ServiceOwnerGrants {
  customer_id: string
  subscription_id: string
  reseller_id: string
  confirmed_at: Instant
  confirmed_by: string
  confirmed_by_name: string
}

export interface ServiceRequestAttachments {
  customer_id: string
  request_id: string
  message_id: string
  id: string
  position: number
  file_name: string
  media_type: string
  size_bytes: number
  object_key: string
}

export interface ServiceRequestMessages {
  customer_id: string
  request_id: string
  id: string
  kind: 'reply' | 'note' | 'escalation'
  body: string
  author_user_id: string
  author_name: string
  author_organization_id: string
  author_organization: string
  at: Instant
}

export interface ServiceRequestParties {
  customer_id: string
  request_id: string
  party_id: string
  filed_at: Instant
  closed: boolean
  search_key: string
}

export interface ServiceRequestUploads {
  id: string
  user_id: string
  organization_id: string
  file_name: string
  media_type: string
  size_bytes: number
  object_key: string
  uploaded_at: Instant
  stored_at: Instant | null
}

export interface ServiceRequests {
  customer_id: string
  id: string
  number: string
  provider_id: string
  subscription_id: string | null
  owner_id: string
  escalated_by: string | null
  escalated_at: Instant | null
  severity: 'critical' | 'moderate' | 'minimal'
  status: 'open' | 'attention' | 'closed'
  title: string
  contact_name: string
  contact_email: string
  contact_phone: Generated<string>
  filed_by_name: string
  filed_by_organization_id: string
  filed_by_organization: string
  filed_at: Instant
  response_due_at: Instant
  first_response_at: Instant | null
  overdue_noted_at: Instant | null
  closed_at: Instant | null
  changed_at: Instant
}

export interface Sessions {
  id: string
  user_id: string
  token_hash: string
  ip: string | null
  user_agent: string | null
  created_at: Instant
  changed_at: Instant
  expires_at: Instant
}

export interface SetupMarks {
  organization_id: string
  step: string
  done_at: Instant
  done_by: string
  done_by_name: string
}

export interface SimulatedFulfilments {
  provider_id: string
  enabled: boolean
  delay_minutes: number
  failure_percent: number
  fail_next: number
  failing_skus: Generated<string[]>
  changed_at: Instant
  version: Generated<number>
}

export interface SkuServicePlans {
  product_id: string
  sku_id: string
  plan_id: string
  name: string
}

export interface Skus {
  product_id: string
  sku_id: string
  title: string
  description: Generated<string>
  kind: Generated<'license' | 'addon' | 'trial' | 'usage' | 'software'>
  min_quantity: Generated<number>
  max_quantity: Generated<number>
  ownership_limit: number | null
  ownership_limit_type: 'ConcurrentCount' | 'Lifetime' | null
  provisioning_id: string | null
  provisioning_string: string | null
  allowed_countries: string[] | null
  prerequisites: Generated<string[]>
  conversions: Generated<string[]>
  end_of_sale_on: string | null
  incentive_eligible: Generated<boolean>
  sort_key: string
  search_key: string
}

export interface StoredObjects {
  key: string
  part: number
  bytes: Buffer
}

export interface Subscriptions {
  customer_id: string
  id: string
  provider_id: string
  order_id: string
  line_number: number
  product_id: string
  sku_id: string
  title: string
  kind: 'license' | 'addon' | 'trial' | 'usage' | 'software'
  friendly_name: Generated<string>
  quantity: number
  term: string
  billing_plan: string
  segment: string
  status: 'pending' | 'active' | 'suspended' | 'renewing' | 'expired' | 'disabled' | 'canceled' | 'deleted'
  suspension_reason: 'customerRequest' | 'nonPayment' | 'fraud' | 'other' | 'base' | null
  provisioning_status: 'pending' | 'success' | 'failed'
  start_on: string
  end_on: string | null
  auto_renew: boolean
  cancel_until: Instant | null
  base_subscription_id: string | null
  upgraded_from_id: string | null
  currency: string
  unit_cost: string
  unit_retail: string
  incentive_eligible: boolean
  created_at: Instant
  changed_at: Instant
  version: Generated<number>
  period_anchor_on: string | null
  charged_until: string | null
  next_due_at: Instant | null
  term_number: Generated<number>
  state_since: Generated<Instant>
  disabled_stage: number | null
  ended_reason: 'canceled' | 'expired' | 'suspended' | 'neverStarted' | 'transferred' | null
  suspension_note: Generated<string>
  promotion_id: string | null
  renewal_outcome: Computed<string | null>
}

export interface SupportContacts {
  customer_id: string
  subscription_id: string
  id: string
  partner_id: string
  name: string
  email: string
  phone: string
  website: string
  valid_from: Instant
  valid_to: Instant | null
  set_by: string
  set_by_name: string
}

export interface TwoFactors {
  id: string
  user_id: string
  secret: string
  backup_codes: string
  verified: Generated<boolean>
  failed_verification_count: Generated<number>
  locked_until: Instant | null
}

export interface UserUploadRows {
  customer_id: string
  upload_id: string
  line: number
  username: string
  first_name: string
  last_name: string
  display_name: string
  usage_location: string
  state: Generated<'waiting' | 'created' | 'refused'>
  user_id: string | null
  problem: string | null
  license_problems: Generated<Json>
}

export interface UserUploads {
  customer_id: string
  id: string
  file_name: string
  language: string
  status: 'checked' | 'running' | 'done' | 'stopped'
  row_count: number
  licenses: Generated<Json>
  created_by: string
  created_by_name: string
  created_at: Instant
  saved_at: Instant | null
  finished_at: Instant | null
  stopped_because: string | null
}

export interface Users {
  id: string
  organization_id: string
  organization_kind: 'operator' | 'provider' | 'reseller' | 'customer'
  username: string
  email: string
  email_verified: Generated<boolean>
  first_name: string
  last_name: string
  display_name: string
  locale: 'en' | 'tr'
  status: Generated<'active' | 'blocked' | 'deleted'>
  two_factor_enabled: Generated<boolean>
  must_change_password: Generated<boolean>
  temporary_password_expires_at: Instant | null
  failed_sign_ins: Generated<number>
  failed_since: Instant | null
  locked_until: Instant | null
  last_sign_in_at: Instant | null
  sort_key: string
  search_key: string
  created_at: Instant
  changed_at: Instant
  deleted_at: Instant | null
  usage_location: string | null
  former_username: string | null
  former_email: string | null
  former_roles: string[] | null
}

export interface Verifications {
  id: string
  identifier: string
  value: string
  expires_at: Instant
  created_at: Instant
  changed_at: Instant
}

export interface WebhookDeliveries {
  webhook_id: string
  event_id: string
  customer_id: string
  xact: string
  type: string
  subject: string
  status: 'waiting' | 'delivered' | 'dead'
  attempts: Generated<number>
  queued_at: Instant
  next_at: Instant | null
  attempted_at: Instant | null
  response_code: number | null
  latency_ms: number | null
  error: string | null
}

export interface WebhookLanes {
  webhook_id: string
  subject: string
  due_at: Instant
}

export interface WebhookMarks {
  at: Instant
  xact: string
}

export interface WebhookPosition {
  one: Generated<boolean>
  xact: string
  id: string
}

export interface WebhookReplays {
  id: string
  webhook_id: string
  organization_id: string
  status: 'running' | 'done' | 'limited'
  xact: string
  event_id: string
  until_xact: string
  queued: Generated<number>
  requested_at: Instant
  requested_by_name: string
  finished_at: Instant | null
}

export interface Webhooks {
  id: string
  organization_id: string
  organization_kind: 'provider' | 'reseller' | 'customer'
  url: string
  description: string
  types: string[]
  enabled: boolean
  disabled_because: 'person' | 'gone' | 'failing' | null
  secret: Buffer
  previous_secret: Buffer | null
  previous_until: Instant | null
  failures: Generated<number>
  failing_since: Instant | null
  since_xact: Generated<string>
  version: Generated<number>
  created_at: Instant
  changed_at: Instant
}

/** Every table of the database. */
export interface Schema {
  admin_relationships: AdminRelationships
  agreement_templates: AgreementTemplates
  attestations: Attestations
  audit_records: AuditRecords
  audit_seals: AuditSeals
  catalog_imports: CatalogImports
  charge_lines: ChargeLines
  clock_runs: ClockRuns
  countries: Countries
  credentials: Credentials
  customer_agreement_acceptances: CustomerAgreementAcceptances
  customer_relationships: CustomerRelationships
  customer_reseller_associations: CustomerResellerAssociations
  customers: Customers
  directory_profiles: DirectoryProfiles
  domains: Domains
  events: Events
  forgotten_objects: ForgottenObjects
  idempotency_keys: IdempotencyKeys
  license_assignments: LicenseAssignments
  license_pools: LicensePools
  mails: Mails
  notification_states: NotificationStates
  notifications: Notifications
  order_lines: OrderLines
  order_requests: OrderRequests
  orders: Orders
  organizations: Organizations
  partner_agreement_signatures: PartnerAgreementSignatures
  partner_global_accounts: PartnerGlobalAccounts
  partner_ids: PartnerIds
  partner_location_accounts: PartnerLocationAccounts
  partnership_invitations: PartnershipInvitations
  partnerships: Partnerships
  price_items: PriceItems
  products: Products
  program_enrollments: ProgramEnrollments
  provisioning_jobs: ProvisioningJobs
  regions: Regions
  relationship_requests: RelationshipRequests
  reminder_days: ReminderDays
  reminder_opt_outs: ReminderOptOuts
  renewal_reminders: RenewalReminders
  resellers_of_record: ResellersOfRecord
  role_assignments: RoleAssignments
  scheduled_changes: ScheduledChanges
  seat_lots: SeatLots
  service_owner_grants: ServiceOwnerGrants
  service_request_attachments: ServiceRequestAttachments
  service_request_messages: ServiceRequestMessages
  service_request_parties: ServiceRequestParties
  service_request_uploads: ServiceRequestUploads
  service_requests: ServiceRequests
  sessions: Sessions
  setup_marks: SetupMarks
  simulated_fulfilments: SimulatedFulfilments
  sku_service_plans: SkuServicePlans
  skus: Skus
  stored_objects: StoredObjects
  subscriptions: Subscriptions
  support_contacts: SupportContacts
  two_factors: TwoFactors
  user_upload_rows: UserUploadRows
  user_uploads: UserUploads
  users: Users
  verifications: Verifications
  webhook_deliveries: WebhookDeliveries
  webhook_lanes: WebhookLanes
  webhook_marks: WebhookMarks
  webhook_position: WebhookPosition
  webhook_replays: WebhookReplays
  webhooks: Webhooks
}
