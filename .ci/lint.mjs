/** Lints with types, and proves that the linter sees: without its type-aware half it would skip half of the rules and be green. */
import {installed, outputOf, runInstalled} from './commands.mjs';
import {plant} from './plant.mjs';

const offences = {
  'no-explicit-any': `export function offence(value: any): string {\n  return String(value);\n}\n`,
  'no-floating-promises': `export function offence(): void {\n  Promise.resolve(1);\n}\n`,
  'no-misused-promises': `export const offence = [1].filter(async (value) => value > 0);\n`,
  'switch-exhaustiveness-check': `export function offence(value: 'a' | 'b'): number {\n  switch (value) {\n    case 'a': return 1;\n  }\n  return 0;\n}\n`,
  'no-console': `console.log('offence');\n`,
  'no-empty': `try {\n  JSON.parse('');\n} catch {\n}\n`,
  eqeqeq: `export const offence = (value: number) => value == 1;\n`,
};

const options = ['--type-aware', '--deny-warnings'];
const exitCode = await runInstalled(installed.oxlint, options);
const names = Object.keys(offences);
const files = Object.fromEntries(names.map((name) => [`${name}.ts`, offences[name]]));
const report = await plant('base', files, (folder) => JSON.parse(outputOf(process.execPath, [installed.oxlint, ...options, '--format', 'json', folder]).stdout));
const unseen = names.filter((name) => !report.diagnostics.some(({code, filename}) => code.includes(`(${name})`) && filename.endsWith(`${name}.ts`)));
for (const name of unseen) console.log(`lint: a planted offence against ${name} was not reported`);
if (unseen.length === 0) console.log(`lint: ${names.length} planted offences were seen`);
process.exitCode = exitCode === 0 && unseen.length === 0 ? 0 : 1;
