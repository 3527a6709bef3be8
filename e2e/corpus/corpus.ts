/**
 * The corpus of real captures beside the checkout. The project stands without it; where it is missing its checks are left out, and
 * the run says so.
 */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {describe} from 'vitest';

const folder = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
export const hasCorpus = existsSync(folder);

/** `describe` where the corpus is, else a suite that is left out; its body does not run then, for it may read the corpus. */
export function describeCorpus(name: string, body: () => void): void {
  if (hasCorpus) describe(name, body);
  else describe.skip(name, () => undefined);
}

export function corpusPath(path: string): string {
  return join(folder, path);
}

/** A file of the corpus as text, gunzipped where its name ends in .gz. */
export function corpusText(path: string): string {
  const bytes = readFileSync(corpusPath(path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Names of the files in a folder of the corpus. */
export function corpusFiles(path: string): string[] {
  return readdirSync(corpusPath(path), {withFileTypes: true}).filter((entry) => entry.isFile()).map(({name}) => name);
}
