/** The worlds of extensions in a page: what a content script leaves there can be counted to the last one. */
import type { CDPSession } from 'puppeteer-core';

/** The isolated worlds that extensions have in the page and its frames. */
export async function extensionWorlds(client: CDPSession): Promise<readonly number[]> {
  const worlds: number[] = [];
  client.on('Runtime.executionContextCreated', ({ context: { id, origin, auxData } }) => {
    if (auxData?.type === 'isolated' && origin.startsWith('chrome-extension:')) worlds.push(id);
  });
  // Reports those that are there already.
  await client.send('Runtime.enable');
  await client.send('Runtime.disable');
  return worlds;
}

/** How many objects of a class of the browser live in a world; those that are garbage are collected first. */
async function alive(client: CDPSession, contextId: number, type: string): Promise<number> {
  const { result } = await client.send('Runtime.evaluate', { expression: `${type}.prototype`, contextId });
  const prototypeObjectId = result.objectId as string;
  const { objects } = await client.send('Runtime.queryObjects', { prototypeObjectId });
  const { result: count } = await client.send('Runtime.callFunctionOn', {
    objectId: objects.objectId as string,
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  });
  return count.value as number;
}

/** How many observers of any kind live in a world. */
export async function observersIn(client: CDPSession, contextId: number): Promise<number> {
  let count = 0;
  for (const type of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'PerformanceObserver'])
    count += await alive(client, contextId, type);
  return count;
}
