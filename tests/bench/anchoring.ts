/**
 * Re-anchoring beside published quote matchers, on the same 300 spans of answers of 3,000 words, ten seeds: run with
 * `node tests/bench/anchoring.ts`; it prints the table of docs/anchoring.md. Times are CPU time of the process per answer, because
 * a busy machine doubles the other kind. A number as argument takes fewer seeds.
 */
import { approximate, domAnchor } from '../support/anchoring/finders.ts';
import { ours } from '../support/anchoring/ours.ts';
import { aCase, type Case, type Finder, foreignCase, scoreOf, sum } from '../support/anchoring/score.ts';

const seeds = Array.from({ length: Number(process.argv[2] ?? 10) }, (_, at) => 1_000 * (at + 1));
const finders: Readonly<Record<string, Finder>> = {
  ours,
  'approx-string-match': approximate(),
  'approx-string-match, least score 0.7': approximate(0.7),
  'dom-anchor-text-quote': domAnchor,
};
const cases: Readonly<Record<string, (seed: number) => Case>> = {
  '0 %': (seed) => aCase(0, seed),
  '5 %': (seed) => aCase(0.05, seed),
  '10 %': (seed) => aCase(0.1, seed),
  '20 %': (seed) => aCase(0.2, seed),
  'another answer': (seed) => foreignCase(seed),
};
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

console.log('| changed | method | right | orphan | wrong | ms per answer |\n| --- | --- | --- | --- | --- | --- |');
for (const [share, make] of Object.entries(cases)) {
  for (const [name, find] of Object.entries(finders)) {
    let ms = 0;
    const scores = seeds.map((seed) => {
      const { before, now, asked } = make(seed);
      const spots = asked.map(({ spot }) => spot);
      const begun = cpuMs();
      const found = find(before.text, spots, now.text);
      ms += cpuMs() - begun;
      return scoreOf(asked, found);
    });
    const { right, orphan, wrong } = sum(scores);
    console.log(`| ${share} | ${name} | ${right} | ${orphan} | ${wrong} | ${Math.round(ms / seeds.length)} |`);
  }
}
