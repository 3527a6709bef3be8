/** Two files of one run are dropped: what the page then shows is what the command line counts. */
import {readFileSync} from 'node:fs';
import {expect, test} from '../pages/app.ts';
import {capture, captures, inspections, morestackLines, type GrowthLine, type SampleLine} from '../pages/captures.ts';

const files = captures('recursion').map((path) => ({name: path.split('/').at(-1) ?? '', mimeType: '', buffer: readFileSync(path)}));

test('a dropped perf text and trace become one time line, one growth table and one flame graph', async ({app}) => {
  await app.visit();
  await app.drop(files);
  await expect(app.sources).toHaveCount(2);
  await expect(app.headline).toContainText('of CPU time goes to growing stacks');
  await expect(app.lanes.getByRole('treeitem', {name: /growths/}).first()).toContainText('main.');
  await expect(app.flame).toHaveAttribute('data-complete', 'true');
  await app.click(app.tab('Sources'));
  await expect(app.panel).toContainText('same clock (monotonic): offset 0, both files name it');
});

test('the growth table counts the growths, shrinks, bytes and copy time that the command line lists', async ({app}) => {
  const lines = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures('recursion'));
  const growths = lines.filter(({kind}) => kind === 'growth');
  const sum = (of: (line: GrowthLine) => number | null) => growths.reduce((all, line) => all + (of(line) ?? 0), 0);
  await app.visit();
  await app.pick(captures('recursion'));
  const totals = await app.growthTotals();
  expect(totals.growths).toBe(growths.length.toLocaleString('en'));
  expect(totals.shrinks).toBe(lines.filter(({kind}) => kind === 'shrink').length.toLocaleString('en'));
  expect(totals.goroutines).toBe(String(new Set(lines.map(({goroutine}) => goroutine)).size));
  expect(totals.largest).toBe(`${Math.max(...lines.flatMap(({oldBytes, newBytes}) => [oldBytes ?? 0, newBytes ?? 0])) / 2 ** 20} MiB`);
  expect(totals.copyTime).toBe(`${Number((sum(({durationNs}) => durationNs) / 1e6).toPrecision(3))} ms`);
  expect(totals.copied).toBe(`${Number((sum(({oldBytes}) => oldBytes) / 2 ** 20).toPrecision(3))} MiB`);
});

test('the share of samples that grow a stack is the weight of growth chains in all weight', async ({app}) => {
  const samples = morestackLines<SampleLine>('samples', capture('recursion', 'perf.txt.gz'));
  const growing = morestackLines<GrowthLine>('growth', '--source', 'sample', capture('recursion', 'perf.txt.gz')).filter(({kind}) => kind === 'growth');
  const times = new Set(growing.map(({timeNs}) => timeNs));
  const weight = (of: readonly SampleLine[]) => of.reduce((sum, sample) => sum + sample.weight, 0);
  // Weighed by the lines whose stack goes through newstack; two threads may be sampled at one time.
  const grown = samples.filter(({timeNs, stack}) => times.has(timeNs) && (stack?.some((name) => name.startsWith('runtime.newstack')) ?? false));
  await app.visit();
  await app.pick(captures('recursion'));
  await expect(app.headline).toContainText(`${Number(((weight(grown) / weight(samples)) * 100).toPrecision(3))} %`);
  await expect(app.page.getByText(`${grown.length} of ${samples.length} samples grow a stack`)).toBeVisible();
});

test('every example opens without a fault that costs data', async ({app}) => {
  for (const [title, example] of [['Recursion', 'recursion'], ['Churn', 'churn'], ['HTTP service', 'http'], ['Overflow', 'overflow']] as const) {
    await app.visit();
    await app.tryExample(title);
    await expect(app.sources).toHaveCount(2);
    const growths = inspections(capture(example, 'trace.out.gz'))[0].growths ?? 0;
    expect(growths).toBeGreaterThan(100);
    expect((await app.growthTotals()).growths).toBe(growths.toLocaleString('en'));
    await app.click(app.tab('Faults'));
    await expect(app.panel).not.toContainText('left out');
    await expect(app.panel).not.toContainText('broke off');
  }
});

test('under a sub-path of any host the page works the same', async ({app}) => {
  await app.visit('/tools/morestack/');
  await app.tryExample('Churn');
  await expect(app.sources).toHaveCount(2);
  await expect(app.flame).toHaveAttribute('data-complete', 'true');
});

test('a file that is open already is noticed, and opened again only when asked to', async ({app}) => {
  await app.visit();
  await app.pick(capture('churn', 'trace.out.gz'));
  await app.pick(capture('churn', 'trace.out.gz'));
  await expect(app.sources).toHaveCount(1);
  await expect(app.page.getByText('It was not opened a second time.')).toBeVisible();
  await app.click(app.page.getByRole('button', {name: 'Open anyway'}));
  await expect(app.sources).toHaveCount(2);
});

test('files of the page’s own origin open by the address, others do not', async ({app}) => {
  await app.visit(`/#open=${encodeURIComponent('examples/churn/captures/perf.txt.gz')}&open=${encodeURIComponent('https://example.com/trace.out')}`);
  await expect(app.sources).toHaveCount(1);
  await expect(app.sources).toContainText('perf.txt.gz');
});
