/** Gives elements the shadow roots that the page declares, as a parser does. */
export function withDeclaredRoots(root: Document | ShadowRoot): void {
  for (const template of root.querySelectorAll<HTMLTemplateElement>('template[shadowrootmode="open"]')) {
    const own = (template.parentElement as Element).attachShadow({ mode: 'open' });
    own.innerHTML = template.innerHTML;
    template.remove();
    withDeclaredRoots(own);
  }
}
