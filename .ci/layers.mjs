/** Checks who imports whom by the law of layers.cjs, and that the tool which checks it saw every source file and sees an offence. */
import {installed, outputOf} from './commands.mjs';
import {plant, planted} from './plant.mjs';
import {filesIn} from './sources.mjs';

const report = cruise('src');
const violations = report.summary.violations.filter(({from, to}) => !planted.test(from) && !planted.test(to));
for (const {rule, from, to, cycle} of violations) console.log(`layers: ${rule.name}: ${from} → ${cycle ? cycle.map(({name}) => name).join(' → ') : to}`);

const seen = new Set(report.modules.map(({source}) => source).filter(isSource));
const files = filesIn('src').filter(isSource);
const unseen = files.filter((file) => !seen.has(file));
if (unseen.length > 0 || seen.size !== files.length) {
  console.log(`layers: the tool saw ${seen.size} modules in src, where ${files.length} files are; not seen: ${unseen.slice(0, 10).join(', ') || 'none'}`);
}

const blind = [];
await sees('base', {'offence.ts': `import {TraceBuilder} from '../../model/builder.ts';\nexport const offence = TraceBuilder;\n`}, 'base-imports-only-itself');
await sees('derive', {'offence.ts': `import {readFileSync} from 'node:fs';\nexport const offence = readFileSync;\n`}, 'node-only-in-cli');
await sees('state', {'offence.ts': `import {TraceBuilder} from '../../model/builder.ts';\nexport const offence = TraceBuilder;\n`}, 'the-main-thread-holds-no-trace');
await sees('model', {'a.ts': `import type {B} from './b.ts';\nexport type A = B | 1;\n`, 'b.ts': `import type {A} from './a.ts';\nexport type B = A | 2;\n`}, 'no-circle');
for (const rule of blind) console.log(`layers: a planted offence against ${rule} was not reported`);

const green = violations.length === 0 && unseen.length === 0 && seen.size === files.length && blind.length === 0;
if (green) console.log(`layers: ${files.length} files keep the law; four planted offences were seen`);
process.exitCode = green ? 0 : 1;

async function sees(layer, plants, rule) {
  const found = await plant(layer, plants, (folder) => cruise(folder).summary.violations.some(({rule: {name}, from}) => name === rule && from.startsWith(folder)));
  if (!found) blind.push(rule);
}

function cruise(path) {
  const {stdout, stderr} = outputOf(process.execPath, [installed.cruise, '--config', '.ci/layers.cjs', '--output-type', 'json', path]);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${stderr || stdout}`);
  return JSON.parse(stdout);
}

function isSource(path) {
  return path.startsWith('src/') && /\.tsx?$/.test(path) && !planted.test(path);
}
