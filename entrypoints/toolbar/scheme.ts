/** Whether the page around an answer is dark. */
import { above } from '../../utils/page/surroundings.ts';

/** 0 for black to 1 for white, of a computed color; null where it is (nearly) transparent. */
export function lightness(color: string): number | null {
  const values = color.replace(/^color\(\S+/, '').match(/-?[\d.]+(?:e-?\d+)?/g) ?? [];
  const [a = 0, b = 0, c = 0, alpha = 1] = values.map(Number);
  if (alpha < 0.5) return null;
  if (color.startsWith('ok')) return a;
  if (color.startsWith('l')) return a / 100;
  return (0.299 * a + 0.587 * b + 0.114 * c) / (color.startsWith('rgb') ? 255 : 1);
}

/** `dark` where what lies behind `element` is dark; a page without a background shows the browser's. */
export function schemeAround(element: Element): 'light' | 'dark' {
  for (let node = above(element); node; node = above(node)) {
    const light = node instanceof Element ? lightness(getComputedStyle(node).backgroundColor) : null;
    if (light !== null) return light < 0.5 ? 'dark' : 'light';
  }
  const declared = getComputedStyle(document.documentElement).colorScheme;
  return /dark/.test(declared) && (!/light/.test(declared) || matchMedia('(prefers-color-scheme: dark)').matches)
    ? 'dark'
    : 'light';
}
