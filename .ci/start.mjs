/** `npm start`: installs what is missing, builds what is out of date, and serves the built app until it is stopped. */
import {installed, root, runInstalled} from './commands.mjs';
import {installPackages} from './packages.mjs';
import {filesIn, isOlder} from './sources.mjs';

const port = process.env.PORT ?? '4173';
const sources = ['index.html', 'package-lock.json', 'vite.config.ts', 'vite.cli.config.ts', ...filesIn('src', 'public', 'examples')];

await step(() => installPackages());
if (isOlder('dist/index.html', sources)) await step(() => runInstalled(installed.vite, ['build']));
if (isOlder('dist-cli/morestack.js', sources)) await step(() => runInstalled(installed.vite, ['build', '--config', 'vite.cli.config.ts']));

// The server is that of `morestack open`, without a file: one program to trust on a port.
process.argv = [process.execPath, 'morestack', 'open', '--port', port, '--no-browser'];
await import(new URL('dist-cli/morestack.js', `file://${root}`).href);

async function step(work) {
  const exitCode = await work();
  if (exitCode !== 0) process.exit(exitCode);
}
