import type { Pool } from 'pg'

/** How large a world to load. Subscriptions are spread evenly over customers, customers over resellers. */
export interface WorldSize {
  readonly resellers: number
  readonly customers: number
  readonly subscriptions: number
}

/** How many products the world's catalog has, each with one SKU for a year, billed monthly. */
export const offers = 200

/** Ids of the world's rows follow from their number, so that a load script can name any of them. */
export const ids = {
  provider: '10000000-0000-7000-8000-000000000001',
  invitation: '11000000-0000-7000-8000-000000000001',
  reseller: (number: number) => numbered('20000000', number),
  customer: (number: number) => numbered('30000000', number),
  subscription: (number: number) => numbered('50000000', number),
} as const

function numbered(prefix: string, number: number): string {
  return `${prefix}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

/** SQL for the id of a numbered row, the same as `ids` makes. */
function idSql(prefix: string, number: string): string {
  return `('${prefix}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
}

/** All terms began half a year ago, are charged as a whole, and end on one day: nothing is due by itself while load runs. */
const termStart = `(current_date - 180)`
const termEnd = `(current_date - 181 + interval '1 year')::date`

const started = `timestamptz '2026-01-05 09:00Z'`

/**
 * Fills a migrated, otherwise empty database with one provider in the United States, its resellers with agreements and
 * partnerships, their customers and subscriptions. The rows satisfy every rule the product enforces, so that orders pass.
 */
export async function loadWorld(pool: Pool, size: WorldSize): Promise<void> {
  const statements = [
    `insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, address_line1, city, state, postal_code,
       email_domain, support_email, sort_key, search_key, created_at)
     select '${ids.provider}', 'provider', 'Bench Distribution Inc.', 'Bench Distribution', 'US', c.region_id, 'en-US', '1 Main St',
       'Seattle', 'WA', '98101', 'bench-distribution.example', 'support@bench-distribution.example', 'benchdistribution',
       'bench distribution inc', ${started} from countries c where c.code = 'US'`,
    `insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, city, email_domain, support_email,
       sort_key, search_key, created_at)
     select ${idSql('20000000', 'n')}, 'reseller', 'Reseller ' || n || ' LLC', 'Reseller ' || n, 'US', c.region_id, 'en-US', 'Austin',
       'reseller' || n || '.example', 'support@reseller' || n || '.example', 'reseller' || lpad(n::text, 7, '0'), 'reseller ' || n || ' llc',
       ${started} from countries c, generate_series(1, ${size.resellers}) n where c.code = 'US'`,
    `insert into partner_ids (partner_id, kind) select (5000000 + n)::text, 'global' from generate_series(0, ${size.resellers}) n`,
    `insert into partner_ids (partner_id, kind) select (6000000 + n)::text, 'location' from generate_series(0, ${size.resellers}) n`,
    `insert into partner_global_accounts (id, partner_id, legal_name, country)
     select ${idSql('21000000', 'n')}, (5000000 + n)::text, 'Group ' || n, 'US' from generate_series(0, ${size.resellers}) n`,
    `insert into partner_location_accounts (id, global_account_id, partner_id, name, country, city, organization_id)
     select ${idSql('22000000', 'n')}, ${idSql('21000000', 'n')}, (6000000 + n)::text, 'Location ' || n, 'US', 'Austin',
       case n when 0 then '${ids.provider}' else ${idSql('20000000', 'n')} end from generate_series(0, ${size.resellers}) n`,
    `insert into program_enrollments (organization_id, tier, status, activated_at, changed_at)
     select id, case kind when 'provider' then 'indirect_provider' else 'indirect_reseller' end, 'active', ${started}, ${started}
     from organizations where kind in ('provider', 'reseller')`,
    `insert into partner_agreement_signatures (organization_id, region_id, version, location_account_id, signer_user_id, signer_name, signed_at, ip)
     select o.id, o.region_id, (select max(version) from agreement_templates where kind = 'partner'), l.id, o.id, 'Global Admin', ${started}, '127.0.0.1'
     from organizations o join partner_location_accounts l on l.organization_id = o.id`,
    `insert into partnerships (id, provider_id, reseller_id, reseller_location_account_id, region_id, state, started_at)
     select ${idSql('23000000', 'n')}, '${ids.provider}', ${idSql('20000000', 'n')}, ${idSql('22000000', 'n')},
       (select region_id from countries where code = 'US'), 'active', ${started} from generate_series(1, ${size.resellers}) n`,
    `insert into customers (id, legal_name, country, culture, language, primary_domain, address_line1, city, state, postal_code,
       contact_first_name, contact_last_name, contact_email, sort_key, created_at)
     select ${idSql('30000000', 'n')}, 'Customer ' || lpad(n::text, 7, '0') || ' Inc.', 'US', 'en-US', 'en', 'customer' || n || '.onkanal.example',
       n || ' Main St', 'Denver', 'CO', '80201', 'Ann', 'Smith', 'ann@customer' || n || '.example', 'customer' || lpad(n::text, 7, '0') || 'inc.', ${started}
     from generate_series(1, ${size.customers}) n`,
    `insert into domains (name, owner_id, owner_kind, is_initial, created_at)
     select primary_domain, id, 'customer', true, created_at from customers`,
    `insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key,
       agreement, has_reseller)
     select id, id, '${ids.provider}', 'provider', 'created', 'active', ${started}, country, sort_key,
       lower(legal_name) || ' ' || primary_domain, 'attested', true from customers`,
    `insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
       created_by_name, sort_key, search_key)
     select ${idSql('30000000', 'n')}, ${idSql('30000000', 'n')}, '${ids.provider}', ${idSql('20000000', `(n % ${size.resellers} + 1)`)},
       ${idSql('23000000', `(n % ${size.resellers} + 1)`)}, ${started}, '${ids.provider}', 'Sales Agent',
       'customer' || lpad(n::text, 7, '0') || 'inc.', 'customer ' || n from generate_series(1, ${size.customers}) n`,
    `insert into customer_agreement_acceptances (customer_id, id, provider_id, method, template_version, first_name, last_name, email,
       accepted_on, recorded_by, recorded_by_name, recorded_at)
     select id, id, '${ids.provider}', 'attested', (select max(version) from agreement_templates where kind = 'customer'), 'Ann', 'Smith',
       contact_email, date '2026-01-05', '${ids.provider}', 'Sales Agent', ${started} from customers`,
    `insert into products (product_id, title, publisher)
     select 'CFQ7BENCH' || lpad(n::text, 3, '0'), 'Product ' || n, 'Bench Cloud' from generate_series(0, ${offers - 1}) n`,
    `insert into skus (product_id, sku_id, title, sort_key, search_key)
     select product_id, '0001', title, lower(replace(title, ' ', '')), lower(title) from products`,
    `insert into price_items (market, product_id, sku_id, term, billing_plan, segment, effective_from, effective_until, currency,
       unit_cost, unit_retail, import_id)
     select 'US', product_id, '0001', 'P1Y', 'monthly', 'commercial', timestamptz '2020-01-01Z', timestamptz '9999-01-01Z', 'USD', 9.5, 12,
       '${ids.provider}' from products`,
    `insert into orders (customer_id, id, number, provider_id, reseller_id, currency, total_cost_minor, total_retail_minor,
       attestation_version, attested_as, status, submitted_by, submitted_by_name, submitted_at)
     select ${idSql('30000000', 'n')}, ${idSql('40000000', 'n')}, 'BENCH-' || n, '${ids.provider}',
       ${idSql('20000000', `(n % ${size.resellers} + 1)`)}, 'USD', 100000, 120000, '1', 'indirect', 'completed', '${ids.provider}',
       'Sales Agent', ${started} + n * interval '1 second' from generate_series(1, ${size.customers}) n`,
    `insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, quantity, term,
       billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, cancel_until, charged_until, next_due_at, currency, unit_cost,
       unit_retail, incentive_eligible, created_at, changed_at, state_since)
     select ${idSql('30000000', `((n - 1) % ${size.customers} + 1)`)}, ${idSql('50000000', 'n')}, '${ids.provider}',
       ${idSql('40000000', `((n - 1) % ${size.customers} + 1)`)}, (n - 1) / ${size.customers} + 1, o.product_id, '0001', o.title, 'license',
       1 + n % 50, 'P1Y', 'monthly', 'commercial', 'active', 'success', ${termStart}, ${termEnd}, true,
       ${started} + interval '7 days', ${termEnd}, (${termEnd} + 1)::timestamp at time zone 'UTC', 'USD', 9.5, 12, true,
       ${started} + n * interval '1 second', ${started}, ${started}
     from generate_series(1, ${size.subscriptions}) n join products o on o.product_id = 'CFQ7BENCH' || lpad((n % ${offers})::text, 3, '0')`,
    `insert into seat_lots (customer_id, subscription_id, id, quantity, source, added_at, reducible_until)
     select customer_id, id, id, quantity, 'purchase', created_at, cancel_until from subscriptions`,
    `insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by, set_by_name)
     select customer_id, id, id, provider_id, 'Bench Distribution', 'support@bench-distribution.example', '', '', created_at, provider_id, 'Sales Agent'
     from subscriptions`,
    `insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id, reseller_name, valid_from,
       set_by, set_by_name)
     select s.customer_id, s.id, s.id, a.reseller_id, l.id, l.partner_id, l.name, s.created_at, '${ids.provider}', 'Sales Agent'
     from subscriptions s join customer_reseller_associations a on a.customer_id = s.customer_id
       join partner_location_accounts l on l.organization_id = a.reseller_id`,
    'analyze',
  ]
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    for (const statement of statements) await client.query(statement)
  } finally {
    client.release(true)
  }
}
