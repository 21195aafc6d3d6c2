-- What lists of customers filter by lies beside the tie they walk: a filter then seeks instead of reading a million rows.
alter table customer_relationships
  -- The customer agreement as this partner may count on it: attested by it, or accepted by the customer itself.
  add column agreement text not null default 'missing',
  add column has_reseller boolean not null default false,
  add constraint customer_relationships_agreement_known check (agreement in ('attested', 'direct', 'missing'));

create index customer_relationships_by_country
  on customer_relationships (partner_id, country, sort_key, customer_id) where state = 'active';
create index customer_relationships_by_agreement
  on customer_relationships (partner_id, agreement, sort_key, customer_id) where state = 'active';
create index customer_relationships_without_reseller
  on customer_relationships (partner_id, sort_key, customer_id) where state = 'active' and not has_reseller;
create index customer_relationships_invited
  on customer_relationships (partner_id, sort_key, customer_id) where state = 'active' and via = 'invited';

-- The name the tenant was made with. A partner that bills under another name changes the legal name only.
alter table customers add column tenant_name text not null default '';

create index relationship_requests_by_reseller
  on relationship_requests (reseller_id, created_at desc, id desc) where reseller_id is not null;
create index relationship_requests_open
  on relationship_requests (provider_id, created_at desc, id desc) where status in ('issued', 'opened');
