/** What is never part of an answer on any site: controls, machinery, and what the reader cannot see. */

/** Helper classes of the common frameworks: shown to screen readers only. */
export const screenReaderOnly = '.sr-only,.visually-hidden,.cdk-visually-hidden,.screen-reader-text,.screenreader-only';

/** Found by markup alone, so that a scan needs no style and no layout. */
export const hiddenSelector = [
  'button,[role="button"],input,textarea,select,datalist',
  'style,script,noscript,template,svg,canvas,iframe,object,audio,video',
  '[hidden],[aria-hidden="true"]',
  screenReaderOnly,
].join(',');
