-- The site rules that a project gives its reviewers. A token that maintains them can do nothing else.

create table countersign.rule_packs (
  project text primary key,
  -- SHA-256 of the pack, lowercase hexadecimal: the entity tag.
  hash text not null,
  -- The pack as JSON text, as it was checked.
  pack text not null,
  updated_at timestamptz not null default now()
);

alter table countersign.tokens drop constraint tokens_role_check;
alter table countersign.tokens add constraint tokens_role_check check (role in ('write', 'read', 'both', 'maintain'));
