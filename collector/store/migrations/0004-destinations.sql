-- Fan-out: what a project's reviews are passed on to, and what each destination is owed, has, or could not take.
-- Every key begins with the project, as those of the events do. Times are ms since 1970, by the database's clock.

create table countersign.destinations (
  project text not null,
  id text not null,
  -- Where it was set up. What a file says of tokens and secrets is not stored.
  managed_by text not null check (managed_by in ('file', 'api')),
  -- False where the file does not name it any more: owed nothing new.
  active boolean not null default true,
  -- Name, connector, address and the connector's own fields.
  settings jsonb not null,
  token text,
  secret text,
  -- Pauses, backoff, sizes that were learnt, and the last number given.
  standing jsonb not null,
  -- What is numbered together: all that goes to this address.
  stream text not null,
  -- The process that sends to it, and until when.
  held_by text,
  held_until bigint not null default 0,
  primary key (project, id)
);

create table countersign.outbox (
  project text not null,
  destination text not null,
  -- The idempotency key of the event; what it says is in countersign.events.
  key text not null,
  review text not null,
  -- The event's number: the order of sending.
  seq bigint not null,
  state text not null default 'pending' check (state in ('pending', 'leased', 'dead')),
  due_at bigint not null default 0,
  leased_until bigint not null default 0,
  attempts integer not null default 0,
  -- Why the last attempt failed.
  reason text,
  -- Its number in the destination's stream: null until it is first leased.
  sequence bigint,
  -- Numbers that it tells the destination not to wait for, as a JSON array.
  closes jsonb not null default '[]',
  primary key (project, destination, key)
);

create index outbox_due on countersign.outbox (project, destination, state, due_at, seq);
create index outbox_by_review on countersign.outbox (project, review);

-- What a destination has acknowledged, for good: it outlives event and destination.
create table countersign.ledger (
  project text not null,
  destination text not null,
  key text not null,
  review text not null,
  destination_name text not null,
  destination_origin text not null,
  -- The acknowledged attempt: 1 for the first.
  attempt integer not null,
  sequence bigint,
  delivered_at bigint not null,
  primary key (project, destination, key)
);

create index ledger_by_review on countersign.ledger (project, review);

-- Numbers given to what will never be sent again, which the destination is still to be told.
create table countersign.closing (
  project text not null,
  destination text not null,
  number bigint not null,
  primary key (project, destination, number)
);

-- A token that manages destinations, and can do nothing else: who may name addresses may have reviews sent there.
alter table countersign.tokens drop constraint tokens_role_check;
alter table countersign.tokens
  add constraint tokens_role_check check (role in ('write', 'read', 'both', 'maintain', 'operate'));
