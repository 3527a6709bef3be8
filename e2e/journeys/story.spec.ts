/**
 * From a drop to “which function should I change, and why”, as somebody who sees the page for the first time goes: the sentence at the top,
 * the pattern that it names, an instance of it, its steps with their stacks. docs/stories.md tells the same in words. What is expected is what
 * must be legible there, not how often it happened: that figures.spec.ts compares.
 */
import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expect, test, type App} from '../pages/app.ts';
import {captures} from '../pages/captures.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus/stackgrow');
const hasCorpus = existsSync(corpus);
const pair = (perf: string, trace: string) => [join(corpus, perf), join(corpus, trace)];

interface Story {
  readonly title: string;
  readonly files: readonly string[];
  readonly isCorpus?: true;
  /** What the sentence at the top begins with. */
  readonly headline: RegExp;
  /** What the pattern is called, whom it is of, its ladder, and what is said to help. */
  readonly pattern: {readonly name: string; readonly of: RegExp; readonly sizes: readonly string[]; readonly remedy: RegExp};
  /** Whose story an instance is, and a step in it. null: nothing tells whose the stacks are. */
  readonly instance: {readonly of: RegExp; readonly step: RegExp; readonly stack: RegExp} | null;
}

const stories: readonly Story[] = [
  {
    title: 'recursion: the collector halves what main.checker needs again', files: captures('recursion'),
    headline: /^[\d.]+ % of CPU time goes to growing stacks: [\d,]+ growths in \d+ goroutines, [\d.]+ % started as main\.\w+\. Largest stack 4 MiB\./,
    pattern: {name: 'GC oscillation', of: /8 goroutines started as main\.checker/, sizes: ['512 KiB', '4 MiB'], remedy: /Keep the depth steady/},
    instance: {of: /^Goroutine \d+ main\.checker/, step: /▲ [\d.]+ [KM]iB → [\d.]+ [KM]iB/, stack: /main\.check/},
  },
  {
    title: 'churn: a goroutine a request climbs 2K to 32K and is gone', files: captures('churn'),
    headline: /% of CPU time goes to growing stacks: [\d,]+ growths in [\d,]+ goroutines, 99\.\d % started as main\.serve\. Largest stack 32 KiB\./,
    pattern: {name: 'Churn regrowth', of: /7,200 goroutines started as main\.serve/, sizes: ['2 KiB', '4 KiB', '8 KiB', '16 KiB', '32 KiB'], remedy: /Let goroutines live on: workers/},
    instance: {of: /^Goroutine \d+ main\.serve/, step: /▲ 16 KiB → 32 KiB/, stack: /main\.serve/},
  },
  {
    title: 'http: every connection climbs anew, as deep as the data', files: captures('http'),
    headline: /% of CPU time goes to growing stacks: [\d,]+ growths in [\d,]+ goroutines, [\d.]+ % started as http\.\(\*conn\)\.serve\. Largest stack 1 MiB\./,
    pattern: {name: 'Churn regrowth', of: /\d+ goroutines started as http\.\(\*conn\)\.serve/, sizes: ['2 KiB', '4 KiB', '8 KiB'], remedy: /Let goroutines live on: workers/},
    instance: {of: /^Goroutine \d+ (net\/)?http\.\(\*conn\)\.serve/, step: /▲ 2 KiB → 4 KiB/, stack: /←/},
  },
  {
    title: 'overflow: main.lookup climbs, again and again, and one of them without end', files: captures('overflow'),
    headline: /% of CPU time goes to growing stacks: [\d,]+ growths in \d+ goroutines, 99\.\d % started as main\.lookup\. Largest stack 8 MiB\./,
    pattern: {name: 'Churn regrowth', of: /\d+ goroutines started as main\.lookup/, sizes: ['2 KiB', '4 KiB', '8 KiB', '16 KiB'], remedy: /Make the frames on this path smaller/},
    instance: {of: /^Goroutine \d+ main\.lookup/, step: /▲ 8 KiB → 16 KiB/, stack: /main\.lookup/},
  },
  {
    title: 'a trace with stack events and samples on its clock', files: pair('go123/rec-allocfree.perf.header.txt.gz', 'go123/rec-allocfree.trace.out'), isCorpus: true,
    headline: /^34\.1 % of CPU time goes to growing stacks: 12,092 growths in 2,804 goroutines, 94\.9 % started as main\.main\.func2\.1\. Largest stack 128 KiB\./,
    pattern: {name: 'Churn regrowth', of: /1,680 goroutines started as main\.main\.func2\.1/, sizes: ['2 KiB', '64 KiB'], remedy: /Let goroutines live on/},
    instance: {of: /^Goroutine \d+ main\.main\.func2\.1/, step: /▲ 2 KiB → 4 KiB/, stack: /main\.main\.func2\.1/},
  },
  {
    title: 'a trace with stack events, whose samples state no clock', files: pair('go123/rec-allocfree-uprobe.perf.txt', 'go123/rec-allocfree-uprobe.trace.out'), isCorpus: true,
    headline: /709 growths in 165 goroutines, 92\.5 % started as main\.main\.func2\.1\. Largest stack 128 KiB\./,
    pattern: {name: 'Churn regrowth', of: /96 goroutines started as main\.main\.func2\.1/, sizes: ['2 KiB', '64 KiB'], remedy: /Let goroutines live on/},
    instance: {of: /^Goroutine \d+ main\.main\.func2\.1/, step: /▲ 64 KiB → 128 KiB/, stack: /./},
  },
  {
    title: 'probes alone: how far and how often, not whose', files: [join(corpus, 'rec/uregs-uprobe-mono.perf.txt.gz')], isCorpus: true,
    headline: /3,129 growths/,
    pattern: {name: 'One big frame', of: /145 goroutines/, sizes: ['2 KiB', '128 KiB'], remedy: /Move the large array or struct to the heap/},
    instance: null,
  },
];

for (const {title, files, isCorpus, headline, pattern, instance} of stories) {
  test(title, async ({app}) => {
    test.skip(isCorpus === true && !hasCorpus, 'there is no ../shared/corpus beside the checkout');
    await app.visit();
    await app.drop(files.map((path) => ({name: basename(path), mimeType: '', buffer: readFileSync(path)})));
    await test.step('the sentence says how much, how many, whose and how far', async () => {
      await expect(app.headline.locator('p').first()).toHaveText(headline);
    });
    await test.step('the pattern says what it is, of whom, and what helps', async () => {
      await app.click(app.page.getByRole('button', {name: /^(Churn regrowth|GC oscillation|One big frame)/}).first());
      await expect(app.tab('Patterns')).toHaveAttribute('aria-selected', 'true');
      const card = app.panel.getByRole('listitem').filter({has: app.page.getByRole('heading', {name: pattern.of})}).filter({hasText: pattern.name}).first();
      await expect(card).toBeVisible();
      for (const size of pattern.sizes) await expect(card).toContainText(size);
      await expect(card).toContainText('copied');
      await expect(card).toContainText(pattern.remedy);
      if (instance) await app.click(card.getByRole('button', {name: /G\d+/}));
    });
    if (!instance) return;
    await test.step('an instance shows the steps, each with the stack that is known for it and how', async () => {
      await expect(app.tab('Goroutine')).toHaveAttribute('aria-selected', 'true');
      await expect(app.panel.getByRole('heading').first()).toHaveText(instance.of);
      await expect(app.panel.getByText(instance.step).first()).toBeVisible();
      await expect(app.panel).toContainText(instance.stack);
      await expect(app.panel).toContainText(/a sample inside|not the cause|no stack recorded/);
    });
    await test.step('its lane is on the time line, zoomed to these steps', async () => {
      const id = /\d+/.exec(await app.panel.getByRole('heading').first().innerText())![0];
      await expect(app.lanes.getByRole('treeitem', {name: new RegExp(`^G${id} `)})).toBeVisible();
    });
  });
}

test('a trace without stack events: why it cannot be known, and which recording would tell', async ({app}) => {
  test.skip(!hasCorpus, 'there is no ../shared/corpus beside the checkout');
  await app.visit();
  await app.pick(pair('go123/http-fp.perf.header.txt.gz', 'go123/http-fp.trace.out'));
  await expect(app.headline.locator('p').first()).toContainText('4.93 % of CPU time goes to growing stacks');
  await expect(app.headline).toContainText('Whether stacks grew is not in this trace');
  await app.click(app.headline.getByText('What would tell'));
  await expect(app.headline).toContainText('GODEBUG=traceallocfree=1 ./app');
  await showGrowers(app);
});

/** What is left to know: the flame graph of the stacks that grow. */
async function showGrowers(app: App): Promise<void> {
  await app.page.keyboard.press('Escape');
  await app.click(app.headline.getByRole('button', {name: '4.93 %'}));
  await expect(app.rootFrame).toContainText('all · ');
  await expect(app.frame('▲ runtime.newstack')).toBeVisible();
}
