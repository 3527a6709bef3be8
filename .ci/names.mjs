/** Checks what no linter does: how files are called, how long they are, and that each says what it is. */
import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {root} from './commands.mjs';
import {filesIn} from './sources.mjs';

const LONGEST = 500;
/** Files over the limit, with the length that they may not pass; the list may only shrink. */
const ratchet = {};

const refused = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types']);
const sources = filesIn('src', 'e2e', 'bench', '.ci', 'docs').filter((path) => /\.(ts|tsx|mjs|cjs|css|go)$/.test(path));
const offences = [];

for (const path of sources) {
  const name = basename(path).replace(/\..*$/, '');
  if (refused.has(name)) offences.push(`${path}: “${name}” says nothing; name the file for what it holds`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) offences.push(`${path}: file names are kebab-case`);
  const text = readFileSync(`${root}${path}`, 'utf8');
  const lines = text.split('\n').length - 1;
  const allowed = ratchet[path] ?? LONGEST;
  if (lines > allowed) offences.push(`${path}: ${lines} lines, ${allowed} are allowed`);
  if (path in ratchet && lines <= LONGEST) offences.push(`${path}: short enough now; take it out of the ratchet`);
  if (!path.endsWith('.css') && !/^(?:#!.*\n)?\/[/*]/.test(text)) offences.push(`${path}: opens with no comment that says what it is`);
}
for (const path of Object.keys(ratchet)) if (!sources.includes(path)) offences.push(`${path}: is gone; take it out of the ratchet`);

for (const offence of offences) console.log(`names: ${offence}`);
if (offences.length === 0) console.log(`names: ${sources.length} files are named and sized as agreed`);
process.exitCode = offences.length === 0 ? 0 : 1;
