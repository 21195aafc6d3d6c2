-- Mails on their way out. Written in the transaction of what they tell, sent afterwards by a sweep; kept for ninety days, since
-- they name people.
create table mails (
  id          uuid primary key,
  kind        text not null,
  language    text not null,
  to_address  text not null,
  to_name     text not null,
  subject     text not null,
  -- The worded parts of the mail; its text and its HTML are laid out from them.
  content     jsonb not null,
  state       text not null default 'waiting',
  attempts    int not null default 0,
  -- While it is being sent, the instant after which another process may think the sender dead.
  next_try_at timestamptz not null,
  give_up_at  timestamptz not null,
  -- Set with the first try and sent with every one, so that a receiver recognizes a repeat.
  message_id  text,
  last_error  text,
  search_key  text collate "C" not null,
  created_at  timestamptz not null,
  finished_at timestamptz,
  constraint mails_language_known         check (language in ('en', 'tr')),
  constraint mails_state_known            check (state in ('waiting', 'sent', 'failed')),
  constraint mails_finished_has_date      check ((state = 'waiting') = (finished_at is null)),
  constraint mails_attempts_not_negative  check (attempts >= 0),
  -- A line break in a header begins another header.
  constraint mails_headers_are_one_line   check (subject !~ '[\r\n]' and to_name !~ '[\r\n]' and to_address !~ '[\r\n]')
);
create index mails_queue on mails (next_try_at) where state = 'waiting';
create index mails_list on mails (created_at desc, id desc);
create index mails_by_state on mails (state, created_at desc, id desc);
create index mails_by_kind on mails (kind, created_at desc, id desc);
create index mails_search on mails using gin (search_key gin_trgm_ops);

-- Who does not want reminders by mail; the action center has them all the same.
create table reminder_opt_outs (
  user_id uuid primary key references users (id) on delete cascade,
  at      timestamptz not null
);
