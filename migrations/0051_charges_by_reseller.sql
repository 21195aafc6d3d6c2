-- A reseller exports the charges that carry its location id.
create index charge_lines_by_reseller on charge_lines (reseller_id, written_at desc, id desc) where reseller_id is not null;
