/** The collector's command line: `npm run collector -- --help`. */
import { inviteByFile, runInvite } from './commands/invite.ts';
import { serve } from './commands/serve.ts';
import { runTokenCommand } from './commands/token.ts';
import { type Command, readCommand, UsageError, usage } from './options.ts';
import { ListenError } from './server.ts';
import { StoreError } from './store/database.ts';

function run(command: Exclude<Command, { readonly command: 'help' | 'serve' }>) {
  if (command.command === 'invite file') return inviteByFile(command);
  return command.command === 'invite' ? runInvite(command) : runTokenCommand(command);
}

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (command.command === 'serve') {
    await serve(command);
    return 0;
  }
  const { ok, text } = await run(command);
  process.stdout.write(text);
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage}`);
  else if (error instanceof StoreError || error instanceof ListenError) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
