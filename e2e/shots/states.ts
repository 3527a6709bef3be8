/** The states of the page that pictures are taken of: how each is reached, as a user would. */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {goService} from '../../bench/inputs.mjs';
import type {App} from '../pages/app.ts';
import {capture, captures} from '../pages/captures.ts';

/** Brings the page, which was just visited, into the state. */
export type Reach = (app: App) => Promise<void>;

const service = () => goService({events: 5_000_000, goroutines: 10_000, samples: 1_000_000});

/** Every file of the formats' fixtures that something is wrong with. */
function badFiles(): string[] {
  const formats = join(import.meta.dirname, '../../src/formats');
  return ['perf-script', 'go-trace', 'folded'].flatMap((format) => {
    const folder = join(formats, format, 'fixtures/bad');
    return readdirSync(folder).filter((name) => !name.endsWith('.expect.json')).map((name) => join(folder, name));
  });
}

async function chooseGoroutine(app: App): Promise<void> {
  const tree = app.page.getByRole('tree').first();
  // By role and names of code alone: the rest is in the language of the page.
  await app.click(tree.getByRole('treeitem', {name: /^main\.checker/}));
  await app.press('ArrowRight');
  await app.click(tree.getByRole('treeitem', {name: /^G\d+ main\.checker/}).first());
}

export const statesOfPage: Readonly<Record<string, Reach>> = {
  empty: async () => {},
  loading: async (app) => {
    await app.page.evaluate(() => {
      location.hash = 'open=half/perf.txt';
      location.reload();
    });
    await app.sources.first().getByRole('progressbar').waitFor();
  },
  'one-sample': (app) => app.pick({
    name: 'perf.txt', mimeType: 'text/plain',
    buffer: Buffer.from('app 41/42 [003] 5.000000001: 250000 cpu-clock:ppp: \n\t          401000 main.leaf+0x1f (/srv/app/app)\n\t          402000 main.main+0x1 (/srv/app/app)\n\n'),
  }),
  'million-samples': (app) => app.pick([service().perf!]),
  'ten-thousand-goroutines': (app) => app.pick([service().perf!, service().trace]),
  'all-faults': async (app) => {
    await app.pick(badFiles());
    await app.page.getByRole('tab').last().focus();
    await app.press('Enter');
  },
  'trace-alone': (app) => app.pick(capture('http', 'trace.out.gz')),
  'perf-alone': (app) => app.pick(capture('http', 'perf.txt.gz')),
};

export const statesOfExamples: Readonly<Record<string, Reach>> = {
  recursion: (app) => app.pick(captures('recursion')),
  'recursion-goroutine': async (app) => {
    await app.pick(captures('recursion'));
    await chooseGoroutine(app);
  },
  churn: (app) => app.pick(captures('churn')),
  http: (app) => app.pick(captures('http')),
  overflow: (app) => app.pick(captures('overflow')),
};
