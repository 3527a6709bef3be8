/**
 * Plants files that break a law into src, to prove that a check sees them: a check that is green because it saw nothing is no check.
 * The folder is gone afterwards, whatever happens.
 */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {root} from './commands.mjs';

/** Folder names of plants; a check that runs at the same time in the same checkout leaves them out. */
export const planted = /\/planted-\w{6}(?:\/|$)/;

/** Writes `files` (name to content) into a new folder in `src/<layer>` and gives its path, from the root, to `look`. */
export async function plant(layer, files, look) {
  const within = join(root, 'src', layer);
  mkdirSync(within, {recursive: true});
  const folder = mkdtempSync(join(within, 'planted-'));
  const remove = () => rmSync(folder, {recursive: true, force: true});
  const interrupted = () => process.exit(130);
  process.once('exit', remove);
  process.once('SIGINT', interrupted);
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), {recursive: true});
      writeFileSync(path, content);
    }
    return await look(relative(root, folder));
  } finally {
    remove();
    process.off('exit', remove);
    process.off('SIGINT', interrupted);
  }
}
