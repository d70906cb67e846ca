/** npm run inspect: opens a page in a browser with the production build, and prints what detection finds there. */
import { build, isFresh } from './lib/fresh-build.ts';
import { inspectPage } from './lib/inspect/look.ts';
import { readInspectOptions, usage } from './lib/inspect/options.ts';
import { asJson, asText } from './lib/inspect/print.ts';
import { Stop } from './lib/steps.ts';

/** Progress goes to stderr: stdout is for what was found. */
const say = (line: string) => process.stderr.write(`${line}\n`);

const options = readInspectOptions(process.argv.slice(2));
if (typeof options === 'string') {
  if (options === usage) process.stdout.write(usage);
  else say(options);
  process.exitCode = options === usage ? 0 : 2;
} else {
  try {
    if (!isFresh(options.browser)) {
      say('Building the extension …');
      await build(options.browser);
    }
    const sight = await inspectPage(options);
    const { url } = options;
    process.stdout.write(options.json ? `${JSON.stringify(asJson(url, sight), null, 2)}\n` : asText(url, sight));
  } catch (error) {
    process.exitCode = 1;
    say(error instanceof Stop ? error.message : ((error as Error).stack ?? String(error)));
  }
}
