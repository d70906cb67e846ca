/** Site rules as the text that people write. */
import type { Problem } from '../../../components/settings/types.ts';
import { err, ok, type Result } from '../../../utils/result.ts';

/** `2026-11-21`, in the reviewer's own time zone. */
export function today(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The version of a rule that is changed now: today, or the next one of today. */
export function versionAfter(version: string, at: Date): string {
  const day = today(at);
  if (version !== day && !version.startsWith(`${day}.`)) return day;
  return `${day}.${Number(version.slice(day.length + 1) || 1) + 1}`;
}

/** Line and column of a place in a text, counted from 1. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Where the browser says that the JSON breaks off, in words; each browser says it in its own way. */
function brokenAt(text: string, message: string): string {
  const lined = /line (\d+) column (\d+)/.exec(message);
  if (lined) return ` at line ${lined[1]}, column ${lined[2]}`;
  const position = /position (\d+)/.exec(message)?.[1];
  if (position) return ` at ${placeOf(text, Number(position))}`;
  return '';
}

/** Reads one rule. Whether it is a good one says the background. */
export function parseRule(json: string): Result<object, Problem> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value);
    return err({ message: 'A rule is an object in braces, and this is none.', next: 'Write it as { "id": … }.' });
  } catch (thrown) {
    const where = brokenAt(json, (thrown as Error).message);
    const next = 'Look for a missing comma, quote or bracket there.';
    return err({ message: `This is no JSON${where}.`, next });
  }
}

/** What a new rule begins with. */
export function ruleTemplate(at: Date): string {
  const day = today(at);
  const rule = {
    id: 'MY-SITE',
    name: 'MY SITE',
    version: day,
    matches: ['https://MY-SITE.example/*'],
    variants: [{ id: 'thread', assistant: 'SELECTOR OF AN ANSWER', user: 'SELECTOR OF A PROMPT' }],
    provenance: { source: 'WHERE YOU LOOKED', date: day, confidence: 'medium' },
  };
  return JSON.stringify(rule, null, 2);
}
