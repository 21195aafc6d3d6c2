-- Events are read by those they concern, in commit order, and whose act an event tells of decides who that is.
alter table events add column actor_organization_id uuid;

-- An event was written in the transaction of its audit record, which knows the actor.
grant update on events to current_user;
update events e set actor_organization_id = a.actor_organization_id
from audit_records a
where a.customer_id = e.customer_id and a.xact = e.xact and a.action = e.type and a.subject_id = e.subject_id;
revoke update on events from current_user;

create index events_by_provider on events (provider_id, xact, id) where provider_id is not null;
create index events_by_reseller on events (reseller_id, xact, id) where reseller_id is not null;
create index events_by_customer on events (customer_id, xact, id);
-- What a provider does itself is found by the provider.
create index events_by_actor on events (actor_organization_id, xact, id)
  where provider_id is distinct from actor_organization_id;
