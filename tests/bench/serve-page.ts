/** A page on loopback that runs one script, bundled: where a bench has IndexedDB to itself. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';

/** Bundles the script beside this file, and serves a page with it; answers its address. Whoever asked closes the server. */
export async function servePage(script: string): Promise<{ readonly server: Server; readonly address: string }> {
  const entry = new URL(script, import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'page' } },
  });
  const [{ output }] = built as unknown as [{ output: { fileName: string; code: string }[] }];
  const scripts = new Map(output.map(({ fileName, code }) => [`/${fileName}`, code]));
  const server = createServer((request, response) => {
    const code = scripts.get(request.url ?? '');
    response.writeHead(200, { 'content-type': code === undefined ? 'text/html' : 'text/javascript' });
    response.end(code ?? '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
