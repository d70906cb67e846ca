/** What keeps the tables distributable by project: on a cluster no key may hold without the column that they are distributed by. */
import { expect, test } from 'vitest';
import { readMigrations } from '../../collector/store/migrate.ts';

const sql = readMigrations()
  .map((migration) => migration.sql)
  .join('\n')
  .replaceAll(/--.*$/gm, '');
/** Looked up before the project is known, and few: a copy on each machine. */
const copied = new Set(['tokens']);
const tables = [...sql.matchAll(/create table countersign\.(\w+) \(([\s\S]*?)\n\);/g)].map(
  ([, name = '', body = '']) => ({
    name,
    body,
  }),
);
const distributed = tables.filter(({ name }) => !copied.has(name));

test.each(distributed)('$name has a primary key that begins with the project', ({ body }) => {
  expect(body).toMatch(/primary key \(project\b|\bproject text primary key/);
});

test('indexes begin with the project', () => {
  const indexes = [...sql.matchAll(/create (?:unique )?index \w+ on countersign\.(\w+) \((\w+)/g)];
  expect(indexes.length).toBeGreaterThan(3);
  for (const [, table = '', first] of indexes)
    if (!copied.has(table)) expect([table, first]).toEqual([table, 'project']);
});

test.each([
  /\b(?:big|small)?serial\b/i,
  /\bsequence\s+\w+\s+(?:start|owned)|create sequence/i,
  /\breferences\b/i,
  /\b(?:listen|notify)\b/i,
  /advisory/i,
])('no table needs what a cluster has not: %s', (word) => {
  expect(tables.length).toBeGreaterThan(8);
  expect(sql).not.toMatch(word);
});
