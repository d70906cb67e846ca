/**
 * Pages of their own for what is measured first cold and then warm: a process, a heap and compiled code for each. Times are
 * processor time of the page's thread.
 */
import type { Browser } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import { inChromium, metricsOf, serving } from './chromium.ts';

export interface Fresh {
  /** Calls a function of the module in the page. */
  call<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  /** ms that one call of `run(times)` takes, for each of the times. */
  run(times: number): Promise<number>;
}

/** ms of the first call of the page, and of one once it is warm. */
export interface Times {
  readonly cold: number;
  readonly warm: number;
}

/** The first call, then `warmUp` more that are not measured, then `times` that are. */
export async function coldAndWarm({ run }: Fresh, warmUp: number, times: number): Promise<Times> {
  const cold = await run(1);
  await run(warmUp);
  return { cold, warm: await run(times) };
}

let made = 0;

async function inPage<T>(
  browser: Browser,
  origin: string,
  code: string,
  work: (fresh: Fresh) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage();
  try {
    made += 1;
    // Another site each time, so that the browser gives it another process.
    await page.goto(origin.replace('127.0.0.1', `fresh${made}.localhost`));
    await page.evaluate(code);
    const { client, read } = await metricsOf(page);
    const call = async <R>(name: string, ...args: readonly unknown[]) =>
      (await page.evaluate(
        (verb, rest) =>
          (globalThis as unknown as { Fresh: Record<string, (...all: readonly unknown[]) => unknown> }).Fresh[verb]?.(
            ...rest,
          ),
        name,
        args,
      )) as R;
    return await work({
      call,
      async run(times) {
        const before = await read();
        const expression = `Fresh.run(${times})`;
        const { exceptionDetails } = await client.send('Runtime.evaluate', { expression, awaitPromise: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        const after = await read();
        return (((after.TaskDuration ?? 0) - (before.TaskDuration ?? 0)) * 1000) / times;
      },
    });
  } finally {
    await page.close();
  }
}

/** Runs `work` with what runs work of its own in a new page, with pages/`module`.ts in it as `Fresh`. */
export async function withFreshPages(
  module: string,
  work: (fresh: <T>(work: (page: Fresh) => Promise<T>) => Promise<T>) => Promise<void>,
): Promise<void> {
  const code = await bundle(new URL(`../pages/${module}.ts`, import.meta.url).pathname, 'Fresh');
  await serving({ '/': '<!doctype html><meta charset="utf-8"><title>Fresh</title>' }, (origin) =>
    inChromium((browser) => work((doing) => inPage(browser, origin, code, doing))),
  );
}
