const names: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: '↵',
  escape: 'Esc',
};

/** How a key is written: `a` as `A`, `arrowup` as an arrow, `Ctrl+Enter` as `Ctrl ↵`. */
export function keyName(key: string): string {
  if (key === '+') return '+';
  return key
    .split('+')
    .map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}

/** Shows the key of a control. Hidden from assistive technology: the control says it by `aria-keyshortcuts`. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span class="cs-kbd" aria-hidden="true">
      {keyName(keys)}
    </span>
  );
}
