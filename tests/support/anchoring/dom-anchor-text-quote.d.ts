declare module 'dom-anchor-text-quote' {
  export function toTextPosition(
    root: Element,
    selector: { readonly exact: string; readonly prefix: string; readonly suffix: string },
    options: { readonly hint: number },
  ): { readonly start: number; readonly end: number } | null;
}
