/**
 * `npm run check`: types, lint, layers, unit tests, build and size, then the tests on what was built. Stops at the first step that
 * fails. The last line counts: every test, and every other step as one.
 */
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {installed, root, runInstalled} from './commands.mjs';

const reports = mkdtempSync(join(tmpdir(), 'morestack-check-'));
const report = (name) => join(reports, `${name}.json`);

const steps = [
  {name: 'types', run: () => runInstalled(installed.tsc, ['-p', 'tsconfig.json'])},
  {name: 'types without the DOM', run: () => runInstalled(installed.tsc, ['-p', 'tsconfig.core.json'])},
  {name: 'names', run: () => runInstalled('.ci/names.mjs', [])},
  {name: 'lint', run: () => runInstalled('.ci/lint.mjs', [])},
  {name: 'layers', run: () => runInstalled('.ci/layers.mjs', [])},
  {name: 'what nothing uses', run: () => runInstalled(installed.knip, [])},
  {name: 'unit tests', run: () => vitest('unit'), count: () => vitestCount('unit')},
  {name: 'build of the page', run: () => runInstalled(installed.vite, ['build'])},
  {name: 'build of the command line', run: () => runInstalled(installed.vite, ['build', '--config', 'vite.cli.config.ts'])},
  {name: 'size', run: () => runInstalled('.ci/size.mjs', [])},
  {name: 'tests of the command line', run: () => vitest('cli'), count: () => vitestCount('cli')},
  {name: 'tests in the browser', run: playwright, count: playwrightCount},
];

const total = {passed: 0, failed: 0, skipped: 0};
for (const {name, run, count} of steps) {
  console.log(`\n── ${name}`);
  const startedMs = performance.now();
  const exitCode = await run();
  const {passed, failed, skipped} = counted(exitCode, count);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  console.log(`── ${name}: ${failed === 0 ? 'passed' : 'failed'} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  if (failed > 0) break;
}
rmSync(reports, {recursive: true, force: true});

console.log('');
if (!existsSync(join(root, '../shared/corpus'))) console.log('the checks against the corpus were left out: no ../shared/corpus beside the checkout');
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** What a step adds to the sum. A step that failed without a failed test, or whose runner found no test, is a failure too. */
function counted(exitCode, count) {
  const tests = count?.() ?? (exitCode === 0 && !count ? {passed: 1, failed: 0, skipped: 0} : {passed: 0, failed: 0, skipped: 0});
  const isFailure = exitCode !== 0 || tests.passed === 0;
  return isFailure && tests.failed === 0 ? {...tests, failed: 1} : tests;
}

function vitest(project) {
  return runInstalled(installed.vitest, ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report(project)}`]);
}

function vitestCount(project) {
  const {numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests} = read(project) ?? {numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0};
  return {passed, failed, skipped: numPendingTests + numTodoTests};
}

function playwright() {
  return runInstalled(installed.playwright, ['test', '--reporter=list,json'], {PLAYWRIGHT_JSON_OUTPUT_FILE: report('playwright')});
}

function playwrightCount() {
  const stats = read('playwright')?.stats ?? {expected: 0, flaky: 0, unexpected: 0, skipped: 0};
  return {passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped};
}

/** The report that a test runner wrote; null when it broke off before. */
function read(name) {
  return existsSync(report(name)) ? JSON.parse(readFileSync(report(name), 'utf8')) : null;
}
