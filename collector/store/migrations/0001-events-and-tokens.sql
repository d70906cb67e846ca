-- Every key begins with the project, so that events and projects can be distributed by project on a cluster.
-- Tokens are looked up before the project is known; they are few: a reference table there.

create table countersign.projects (
  project text primary key,
  -- Taken under the row's lock, so that numbers become visible in their own order and an export by number misses none.
  last_seq bigint not null
);

create table countersign.events (
  project text not null,
  -- The idempotency key: reviewId:revision.
  key text not null,
  seq bigint not null,
  received_at timestamptz not null default now(),
  -- The CloudEvent as it was accepted.
  event jsonb not null,
  primary key (project, key)
);

create unique index events_in_order on countersign.events (project, seq);

create table countersign.tokens (
  -- SHA-256 of the token, lowercase hexadecimal. A token is 32 random bytes, so no salt and no slow hash are needed.
  hash text primary key,
  id text not null unique,
  project text not null,
  role text not null check (role in ('write', 'read', 'both')),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
