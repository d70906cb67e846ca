/** Small operations on text that came from a page. */

/** At most `limit` UTF-16 code units of `text`, never half a code point; a lone surrogate becomes U+FFFD. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  const last = text.charCodeAt(limit - 1);
  const half = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, half ? limit - 1 : limit).toWellFormed();
}
