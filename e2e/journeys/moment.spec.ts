/** The card of a time in a goroutine's lane says what `morestack events` says of it, wherever one points. */
import {below, randomNumbers} from '../../bench/random.mjs';
import {expect, test} from '../pages/app.ts';
import {captures, corpusCaptures} from '../pages/captures.ts';
import {GoroutineEvents, type ExpectedCard} from '../pages/goroutine-events.ts';
import {Time} from '../pages/time.ts';

const GOROUTINES = 5;
const POINTS = 6;

const pairs: readonly {readonly name: string; readonly files: readonly string[] | null}[] = [
  ...['recursion', 'http'].map((example) => ({name: `the example ${example}`, files: captures(example)})),
  {name: 'a pair of the corpus', files: corpusCaptures('stackgrow/go123/rec-allocfree.perf.header.txt.gz', 'stackgrow/go123/rec-allocfree.trace.out')},
];

for (const [pair, {name, files}] of pairs.entries()) {
  test(`state, reason, how long, who woke it and how long it waited to run are what the events say at seeded points: ${name}`, async ({app, page}) => {
    test.skip(files === null, 'the corpus is not beside the checkout');
    const events = new GoroutineEvents(files!);
    const random = randomNumbers(pair + 1);
    const time = new Time(app);
    await app.visit();
    await app.pick([...files!]);
    await app.click(page.getByRole('button', {name: /^Order of lanes|^by growth cost/}));
    await app.click(page.getByRole('menuitemradio', {name: 'not grouped', exact: true}));
    const busy = events.busy(3);
    const told = {wake: 0, waited: 0, reason: 0};
    for (let i = 0; i < GOROUTINES; i++) {
      const id = busy[below(random, busy.length)];
      await page.getByRole('textbox', {name: 'Filter lanes'}).fill(`G${id}`);
      await app.atRest();
      const lane = new RegExp(`^G${id} `);
      await app.click(app.lanes.getByRole('treeitem', {name: lane}));
      await app.press('f');
      for (let k = 0; k < POINTS; k++) {
        await time.point(await time.lane(lane, 0.005 + 0.99 * random()));
        // Every other point is looked at from nearer, around the one before.
        if (k % 2 === 1) {
          for (let closer = below(random, 9); closer >= 0; closer--) await app.press('w');
          await time.point(await time.lane(lane, 0.3 + 0.4 * random()));
        }
        const timeNs = await time.pointedNs();
        const expected = events.card(id, timeNs);
        const shown = await cardOf(time);
        expect({id, timeNs, ...shown}).toEqual({id, timeNs, ...expected, stack: expected.stack ?? shown.stack});
        if (expected.wake !== '') told.wake++;
        if (expected.waited !== '') told.waited++;
        if (expected.note.includes('reason')) told.reason++;
      }
      await app.press('0');
    }
    // Points of which nothing is to be said would prove nothing.
    expect(Math.min(told.wake, told.waited)).toBeGreaterThan(10);
    expect(told.reason).toBeGreaterThan(3);
  });
}

/** The same parts as they stand on the card. */
async function cardOf({card}: Time): Promise<ExpectedCard> {
  const parts = await card.locator('div.card-part').evaluateAll((all) => all.map((part) => ({
    isState: part.classList.contains('card-state'),
    text: (part.querySelector('p:first-child') as HTMLElement).innerText,
    note: (part.querySelector('.card-note') as HTMLElement | null)?.innerText ?? '',
  })));
  const state = parts.find(({isState}) => isState);
  const wake = parts.find(({text}) => /^(created by|unblocked|came out of|taken off)/.test(text));
  const life = parts.find(({text}) => text === 'not born yet' || text === 'has ended');
  const facts = state?.note.split(' · ') ?? [];
  const isSize = (fact: string) => fact.startsWith('stack ');
  return {state: state?.text ?? '', note: facts.filter((fact) => !isSize(fact)).join(' · '), stack: facts.find(isSize) ?? '', wake: wake?.text ?? '', waited: wake?.note ?? '', life: life?.text ?? ''};
}
