import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { otherWays, tableOfWays, ways } from '../../support/sending-ways.ts';

it('given the ways of sending that are gone through in the browsers, at least 30, docs/gate.md shows them all with their outcome', () => {
  expect(ways.length + otherWays.length).toBeGreaterThanOrEqual(30);
  expect(readFileSync(new URL('../../../docs/gate.md', import.meta.url).pathname, 'utf8')).toContain(tableOfWays());
});
