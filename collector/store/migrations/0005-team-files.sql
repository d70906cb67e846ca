-- The team file of each project, as whoever maintains it publishes it; see docs/teams.md.

create table countersign.team_files (
  project text primary key,
  -- SHA-256 of the file, lowercase hexadecimal: the entity tag.
  hash text not null,
  -- The file as JSON text, as it was checked.
  file text not null,
  updated_at timestamptz not null default now()
);
