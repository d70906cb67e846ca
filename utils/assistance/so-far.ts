/** JSON that is still being written: as much of it as is complete. */

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * The beginning of a JSON object up to its last complete member, or item of a list in it, closed so that it can be parsed;
 * null where nothing is complete yet. What follows a complete object is left out.
 */
export function completeSoFar(text: string): string | null {
  const open: string[] = [];
  let best: { readonly end: number; readonly open: readonly string[] } | null = null;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{' || char === '[') open.push(char);
    else if (char === '}' || char === ']') {
      if (CLOSERS[open.pop() ?? ''] !== char) break;
      if (open.length === 0) return text.slice(0, at + 1);
      if (isListIn(open)) best = { end: at + 1, open: [...open] };
    } else if (char === ',' && (open.length === 1 || isListIn(open))) best = { end: at, open: [...open] };
  }
  return (
    best &&
    text.slice(0, best.end) +
      best.open
        .map((one) => CLOSERS[one])
        .toReversed()
        .join('')
  );
}

/** Of the outermost object, or of a list in it: what is deeper is complete only as a whole. */
const isListIn = (open: readonly string[]) => open.length === 1 || (open.length === 2 && open[1] === '[');
