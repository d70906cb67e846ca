/**
 * The picker's frame. It draws what the script in the page tells it through a channel of their own, and says what the
 * reviewer does. It may ask the background for nothing, and is blank until it has its channel.
 */
import '../../components/base.css';
import '../../components/controls/controls.css';
import '../../components/picker/picker.css';
import { render } from 'preact';
import { Picker } from '../../components/picker/picker.tsx';
import type { PickerCommand, PickerState } from '../../components/picker/view.ts';
import tokens from '../../components/tokens.css?inline';
import { firstPort } from './channel.ts';
import { hear } from './input.ts';

/**
 * The document as a whole stays light, as the element that holds it, or the browser would paint a ground behind it. What
 * is drawn follows the page: the tokens are declared once more, where the theme is set.
 */
function declareTokens(): void {
  const style = document.createElement('style');
  style.textContent = tokens.replace(/:host(?:\((.*?)\))?/g, '#app$1');
  document.head.prepend(style);
}

async function open(): Promise<void> {
  const port = await firstPort();
  declareTokens();
  const root = document.getElementById('app') as HTMLElement;
  const send = (command: PickerCommand) => port.postMessage(command);
  let kind: PickerState['view']['kind'] = 'pointing';
  hear(() => kind, send);
  port.onmessage = ({ data }) => {
    const { view, theme } = data as PickerState;
    kind = view.kind;
    root.dataset.theme = theme;
    root.dataset.kind = kind;
    render(<Picker view={view} onCommand={send} />, root);
  };
}

void open();
