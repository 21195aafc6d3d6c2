-- A customer, too, may demand a second factor of all its users.
alter table customers add column second_factor_required boolean not null default false;
