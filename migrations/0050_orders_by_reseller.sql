-- A reseller lists the orders it took part in. One trial for a customer and offer, whatever happens at the same time.
create index order_lines_by_reseller on order_lines (reseller_id, order_id desc) where reseller_id is not null;
create unique index subscriptions_one_trial
  on subscriptions (customer_id, provider_id, product_id, sku_id) where kind = 'trial';
