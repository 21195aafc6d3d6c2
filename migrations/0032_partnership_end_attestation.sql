-- Checking a foreign key locks the row it points to, which needs the right to update it; attestations are insert-only, for the
-- owner too, so the reference to one is kept without.
alter table partnerships drop constraint partnerships_end_attestation_id_fkey;
