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
import { firstPort } from './channel.ts';
import { hear } from './input.ts';

async function open(): Promise<void> {
  const port = await firstPort();
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
