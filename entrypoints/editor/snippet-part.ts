/** Text blocks, for a reviewer who has some. */
export { SnippetMenu } from '../../components/editor/snippet-menu.tsx';
export { Snippets } from './snippets.ts';
