/** The channel to the script in the page, which made this frame. Any page may embed it: then nothing comes of it. */

/** Resolves with the first port that the parent sends along with `{ countersign: 'pick' }`; everything later is ignored. */
export function firstPort(frame: Window = window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent) => {
      const [port] = event.ports;
      if (!event.isTrusted || frame.parent === frame || event.source !== frame.parent || !port) return;
      if ((event.data as { countersign?: unknown } | null)?.countersign !== 'pick') return;
      frame.removeEventListener('message', listen);
      resolve(port);
    };
    frame.addEventListener('message', listen);
  });
}
