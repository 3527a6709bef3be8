/** Installs the npm packages when they are missing or not those of package-lock.json. Node's own modules only. */
import {run} from './commands.mjs';
import {isOlder} from './sources.mjs';

/**
 * Gives npm's exit code; 0 when nothing was to be done. `npm install` takes the versions of the lock file as `npm ci` does, but does
 * not insist on the optional binaries for other systems than this one, which not every registry has; --no-save leaves the lock file as it is.
 */
export async function installPackages() {
  if (!isOlder('node_modules/.package-lock.json', ['package-lock.json'])) return 0;
  console.log('installing npm packages');
  return run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
}
