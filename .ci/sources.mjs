/** The files that people write here, as paths from the root. */
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {root} from './commands.mjs';
import {planted} from './plant.mjs';

/** All files below `folders`; what a check plants meanwhile is left out. */
export function filesIn(...folders) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), {recursive: true, withFileTypes: true}))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !planted.test(path));
}

/** True when `product` is missing or older than any of `sources`. */
export function isOlder(product, sources) {
  const made = statSync(join(root, product), {throwIfNoEntry: false})?.mtimeMs ?? 0;
  return sources.some((source) => (statSync(join(root, source), {throwIfNoEntry: false})?.mtimeMs ?? 0) > made) || made === 0;
}
