/** Every fault has a title in every language: codes are looked up in the sources themselves. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {recognised} from '../../formats/recognised.ts';
import {copyOf, languages} from './copy.ts';

const SOURCES = join(import.meta.dirname, '../..');
const CODE = /'((?:perf-script|perf-data|go-trace|folded|gzip|zstd|input|internal|symbols)\/[a-z][a-z-]*[a-z])'/g;

/** Codes that any source but a test names. */
function codesInSources(): Set<string> {
  const codes = new Set(recognised.map(({code}) => `input/${code}`));
  for (const entry of readdirSync(SOURCES, {recursive: true, encoding: 'utf8'})) {
    if (!/\.tsx?$/.test(entry) || /\.test\.tsx?$/.test(entry) || entry.startsWith('testing') || entry.startsWith(join('state', 'copy'))) continue;
    for (const [, code] of readFileSync(join(SOURCES, entry), 'utf8').matchAll(CODE)) codes.add(code);
  }
  return codes;
}

test.each(languages)('in %s just the codes that sources name have a title', (language) => {
  expect(Object.keys(copyOf(language).faults.titles).toSorted()).toEqual([...codesInSources()].toSorted());
});
