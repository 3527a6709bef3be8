/** Opens an address in the user's browser. A machine without one is no failure: the address was printed. */
import {spawn} from 'node:child_process';
import {platform} from 'node:process';

export function openBrowser(url: string): void {
  const [command, ...args] = opener(url);
  const child = spawn(command, args, {stdio: 'ignore', detached: true});
  child.on('error', () => undefined);
  child.unref();
}

function opener(url: string): string[] {
  if (platform === 'darwin') return ['open', url];
  // The empty title keeps `start` from taking the address for one; `&` would end the command.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', url.replaceAll('&', '^&')];
  return ['xdg-open', url];
}
