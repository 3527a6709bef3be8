/** What `morestack open` does: serves the app and the files it is given until it is stopped. */
import {accessSync, constants, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {readArguments, WrongUse, type ExitCode} from '../command.ts';
import {complain} from '../complain.ts';
import {distinctFiles} from '../files.ts';
import type {Output} from '../output.ts';
import {openBrowser} from './browser.ts';
import {appContents, captureContents, type Contents} from './content.ts';
import {serve} from './server.ts';

export async function serveFiles(args: readonly string[], output: Output): Promise<ExitCode> {
  const {files, values} = readArguments(args, {port: {type: 'string'}, 'no-browser': {type: 'boolean'}}, {least: 0});
  const port = values.port === undefined ? 0 : portNumber(values.port);
  const app = builtApp();
  if (!app) return 1;
  for (const file of files) {
    accessSync(file, constants.R_OK);
    if (statSync(file).isFile()) continue;
    complain(file, 'this is no file that could be served; pipes and folders are not');
    return 1;
  }
  const captures = captureContents(distinctFiles(files));
  let served;
  try {
    served = await serve(new Map([...app, ...captures.contents]), port);
  } catch (error) {
    if (!isPortError(error)) throw error;
    process.stderr.write(`morestack: port ${port} is ${error.code === 'EADDRINUSE' ? 'in use by another program' : 'not open to this user'}; choose another one with --port\n`);
    return 1;
  }
  const url = `http://localhost:${served.port}/${fragment(captures.addresses)}`;
  await output.line(url);
  await output.flush();
  if (!values['no-browser']) openBrowser(url);
  await untilStopped();
  served.server.closeAllConnections();
  served.server.close();
  return 0;
}

/** What the page reads its files from. Relative to the page, each encoded as a whole: a name may hold `&` and `#`. */
function fragment(addresses: readonly string[]): string {
  if (addresses.length === 0) return '';
  return `#${addresses.map((address) => `open=${encodeURIComponent(address.slice(1).split('/').map(encodeURIComponent).join('/'))}`).join('&')}`;
}

/** The app lies beside the bundle of the command line; null, with a sentence, when it was not built. */
function builtApp(): Contents | null {
  const folder = fileURLToPath(new URL('../dist', import.meta.url));
  try {
    return appContents(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    complain(folder, 'the app is not there; build it with `npm run build`');
    return null;
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new WrongUse(`--port is a number up to 65535, not “${text}”`);
  return port;
}

function isPortError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES') && 'syscall' in error && error.syscall === 'listen';
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
