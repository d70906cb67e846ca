-- Tombstones: what a review's revisions say goes when the review is deleted; that they were there stays.
-- Numbers: each sender counts what it sends, so that nothing can be missing unseen.

-- Null where the review was deleted.
alter table countersign.events alter column event drop not null;
-- The review that a key belongs to: `reviewId:revision`, or `reviewId:deleted`.
alter table countersign.events add column review text generated always as (split_part(key, ':', 1)) stored;
create index events_by_review on countersign.events (project, review);

create table countersign.deletions (
  project text not null,
  review text not null,
  primary key (project, review)
);

create table countersign.streams (
  project text not null,
  stream text not null,
  -- Who sends it: the source of its events.
  source text not null,
  primary key (project, stream)
);

-- Numbers that arrived, were refused, or will not come any more.
create table countersign.numbers (
  project text not null,
  stream text not null,
  number bigint not null,
  primary key (project, stream, number)
);
