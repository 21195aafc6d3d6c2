-- What can be sold, from the vendor's price list (a market each) and offer matrix (all markets).
create table products (
  product_id text collate "C" primary key,
  title      text not null,
  publisher  text not null
);

create table skus (
  product_id           text collate "C" not null references products (product_id),
  sku_id               text collate "C" not null,
  title                text not null,
  description          text not null default '',
  kind                 text not null default 'license',
  min_quantity         int not null default 1,
  max_quantity         int not null default 1000000,
  -- How many subscriptions (concurrent) or purchases (lifetime) of this SKU one customer may have; null for no limit.
  ownership_limit      int,
  ownership_limit_type text,
  provisioning_id      text,
  provisioning_string  text,
  -- Null when the offer matrix did not say: sold wherever it has a price.
  allowed_countries    text[],
  -- `product/sku`: an add-on needs one of them, an upgrade may go to one of them.
  prerequisites        text[] not null default '{}',
  conversions          text[] not null default '{}',
  end_of_sale_on       date,
  incentive_eligible   boolean not null default true,
  sort_key             text collate "C" not null,
  search_key           text collate "C" not null,
  primary key (product_id, sku_id),
  constraint skus_kind_known            check (kind in ('license', 'addon', 'trial', 'usage', 'software')),
  constraint skus_sku_id_four_digits    check (sku_id ~ '^[0-9A-Z]{4}$'),
  constraint skus_quantity_range        check (min_quantity >= 1 and max_quantity >= min_quantity),
  constraint skus_ownership_limit_typed check ((ownership_limit is null) = (ownership_limit_type is null)),
  constraint skus_ownership_limit_known check (ownership_limit_type in ('ConcurrentCount', 'Lifetime'))
);
create index skus_by_title on skus (sort_key, product_id, sku_id);
create index skus_search on skus using gin (search_key gin_trgm_ops);

-- A published price never changes: a new line supersedes it from its start.
create table price_items (
  market          text not null,
  product_id      text collate "C" not null,
  sku_id          text collate "C" not null,
  term            text not null,
  billing_plan    text not null,
  segment         text not null,
  tier_min        int not null default 0,
  tier_max        int,
  effective_from  timestamptz not null,
  effective_until timestamptz not null,
  currency        text not null,
  -- The provider's cost and the estimated retail price of one licence, for the term or billing period as published.
  unit_cost       numeric(18, 6) not null,
  unit_retail     numeric(18, 6) not null,
  import_id       uuid not null,
  primary key (market, product_id, sku_id, term, billing_plan, segment, tier_min, effective_from),
  constraint price_items_sku          foreign key (product_id, sku_id) references skus (product_id, sku_id),
  constraint price_items_term_known   check (term in ('P1M', 'P1Y', 'P3Y', 'P5Y', '')),
  constraint price_items_plan_known   check (billing_plan in ('monthly', 'annual', 'triennial', 'onetime', '')),
  constraint price_items_range        check (effective_until > effective_from),
  constraint price_items_not_negative check (unit_cost >= 0 and unit_retail >= 0)
);

create table catalog_imports (
  id           uuid primary key,
  kind         text not null,
  file_name    text not null,
  file_hash    text not null,
  imported_at  timestamptz not null,
  imported_by  text not null,
  line_count   int not null,
  added        int not null,
  changed      int not null,
  ended        int not null,
  left_out     int not null,
  constraint catalog_imports_kind_known check (kind in ('price-list', 'offer-matrix'))
);
create index catalog_imports_by_time on catalog_imports (imported_at desc, id desc);
