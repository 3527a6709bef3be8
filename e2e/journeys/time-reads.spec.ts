/** Reading the time line: the card, from event to event, the ruler and the clocks. What is said equals what the command line lists. */
import AxeBuilder from '@axe-core/playwright';
import {Figures} from '../../src/base/figures.ts';
import {expect, test, type App} from '../pages/app.ts';
import {captures, inspections, morestackLines, type GrowthLine} from '../pages/captures.ts';
import {Time} from '../pages/time.ts';

const figures = new Figures('en', 'UTC');

/** Growths and shrinks of the goroutine of a lane, by time, and where the axis begins. */
function changesOf(name: string): {changes: GrowthLine[]; startNs: number} {
  const id = Number(/^G(\d+)/.exec(name)![1]);
  const changes = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures('recursion')).filter(({goroutine}) => goroutine === id);
  return {changes, startNs: Math.min(...inspections(...captures('recursion')).map((range) => range.startNs))};
}

/** Opens the first group and chooses its first goroutine; what its lane is called. */
async function chooseLane(app: App): Promise<string> {
  await app.click(app.lanes.getByRole('treeitem', {name: /^main\.checker/}).first());
  const lane = app.lanes.getByRole('treeitem', {name: /^G\d+ main\.checker/}).first();
  await app.click(lane);
  return (await lane.getAttribute('aria-label'))!;
}

test('from growth to growth of a lane and back: time, sizes and copy as the command line lists them, said and on the card', async ({app}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const {changes, startNs} = changesOf(await chooseLane(app));
  const growths = changes.filter(({kind}) => kind === 'growth').slice(0, 6);
  const texts = growths.map((line) => ({
    time: figures.exactMoment(line.timeNs - startNs),
    sizes: `${figures.bytes(line.oldBytes!)} → ${figures.bytes(line.newBytes!)}`,
    copy: figures.duration(line.durationNs!),
  }));
  for (const {time: at, sizes, copy} of texts) {
    await app.press('>');
    await expect(time.said).toHaveText(`${at}: Growth ${sizes}, copy took ${copy}, without allocation`);
    await expect(time.card).toContainText(`▲ Growth ${sizes}`);
    await expect(time.card).toContainText(at);
  }
  for (const {time: at, sizes} of texts.slice(0, -1).toReversed()) {
    await app.press('<');
    await expect(time.said).toContainText(`${at}: Growth ${sizes}`);
  }
  await app.press('<');
  await expect(time.said).toHaveText('No earlier growth here');
});

test('next and previous event of a lane are each other’s way back, and the cursor stays in view', async ({app}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  await app.press('.');
  await expect(time.said).toHaveText('Choose a lane first: its events are gone through.');
  await chooseLane(app);
  await time.point(await time.at(0.5, 400));
  for (let i = 0; i < 12; i++) await app.press('w');
  const said: string[] = [];
  for (let i = 0; i < 25; i++) {
    await app.press('.');
    said.push(await time.said.innerText());
  }
  expect(new Set(said).size).toBe(25);
  const back: string[] = [];
  for (let i = 0; i < 24; i++) {
    await app.press(',');
    back.push(await time.said.innerText());
  }
  expect(back).toEqual(said.slice(0, -1).toReversed());
  await expect(time.card).toBeVisible();
});

test('a click keeps the card, I does so by key: it can be read, leads to the story, and Escape lets it go', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  await chooseLane(app);
  const lane = await time.lane(/^G\d+ main\.checker/, 0.5);
  await time.point(lane);
  await expect(time.kept).toHaveCount(0);
  await page.mouse.click(lane.x, lane.y);
  await app.atRest();
  await expect(time.kept).toBeVisible();
  await time.point(await time.at(0.2, 30));
  const text = await time.kept.innerText();
  await time.point(await time.at(0.9, 10));
  expect(await time.kept.innerText()).toBe(text);
  expect((await new AxeBuilder({page}).include('.timeline').analyze()).violations).toEqual([]);
  await page.locator('.time-layer').focus();
  await app.press('Escape');
  await expect(time.kept).toHaveCount(0);

  await app.lanes.focus();
  await time.point({x: 5, y: 5});
  await app.press('>');
  await app.press('i');
  await expect(time.kept).toBeFocused();
  await app.press('Tab');
  await app.press('Tab');
  const id = /Story of G(\d+)/.exec(await page.evaluate(() => document.activeElement?.textContent ?? ''))![1];
  await app.press('Enter');
  await expect(app.panel.getByRole('heading').first()).toContainText(`Goroutine ${id}`);
  await app.press('Escape');
  await expect(time.kept).toHaveCount(0);
});

test('the card never lies over the pointer and never leaves the window', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  await chooseLane(app);
  let seen = 0;
  for (const width of [1600, 700]) {
    await page.setViewportSize({width, height: 900});
    await app.atRest();
    for (const share of [0.01, 0.3, 0.6, 0.99]) {
      for (const y of [20, 90, 150, 220]) {
        const at = await time.at(share, y);
        await time.point(at);
        // Beside the lanes, and between them, there is nothing to tell.
        if ((await time.card.count()) === 0) continue;
        const box = (await time.card.boundingBox())!;
        seen++;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(900);
        expect(at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height).toBe(false);
      }
    }
  }
  expect(seen).toBeGreaterThan(16);
});

test('the ruler measures by Alt and drag, and by M, to the edges of events; Escape drops it', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const {changes} = changesOf(await chooseLane(app));
  await page.keyboard.down('Alt');
  await time.drag(await time.at(0.2, 30), await time.at(0.4, 30));
  await page.keyboard.up('Alt');
  await expect(time.said).toHaveText(/^Measured [\d.]+ ms, from [\d.]+ ms to [\d.]+ ms$/);
  await expect(app.headline).not.toContainText('in the selected range');
  await page.locator('.time-layer').focus();
  await app.press('Escape');

  // From the first growth to the third, by keys alone.
  const [first, , third] = changes.filter(({kind}) => kind === 'growth');
  await time.point({x: 5, y: 5});
  await app.press('>');
  await app.press('m');
  await expect(time.said).toHaveText(/^Measuring from/);
  await app.press('>');
  await app.press('>');
  await app.press('m');
  await expect(time.said).toContainText(`Measured ${figures.duration(third.timeNs - first.timeNs)}, from`);
});

test('the axis is written on the source’s own clock as the command line writes it, and as the time of day where a file tells it', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const {changes} = changesOf(await chooseLane(app));
  const [first] = changes.filter(({kind}) => kind === 'growth');
  await time.clock.selectOption('absolute');
  await app.press('>');
  await expect(time.said).toContainText(`${figures.clockNs(BigInt(first.timeNs))}: Growth`);
  await expect(app.page).toHaveURL(/tm=absolute/);
  await time.clock.selectOption('wall');
  await app.press('<');
  await app.press('>');
  await app.press('<');
  await page.locator('.time-layer').focus();
  await app.press('Escape');
  await app.press('>');
  await expect(time.said).toHaveText(/^\d\d:\d\d:\d\d\.\d{9}: /);
  expect(await time.clock.locator('option[value=wall]').innerText()).toMatch(/2026, .+GMT/);
});

test('where no file tells the time of day it is offered with the reason why not', async ({app}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick({name: 'perf.txt', mimeType: '', buffer: Buffer.from('app 1 [000] 1.000000: 1 cpu-clock: \n\t  401000 main.main+0x10 (/usr/bin/app)\n\napp 1 [000] 2.000000: 1 cpu-clock: \n\t  401000 main.main+0x10 (/usr/bin/app)\n\n')});
  const option = time.clock.locator('option[value=wall]');
  await expect(option).toBeDisabled();
  await expect(option).toContainText('not known from these files');
});

test('in a group one goes from growth to growth of all its goroutines, and F fits the life of a goroutine wherever the cursor stands', async ({app}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('churn'));
  const group = app.lanes.getByRole('treeitem', {name: /^main\.serve/}).first();
  await app.click(group);
  const startNs = Math.min(...inspections(...captures('churn')).map((range) => range.startNs));
  const growths = morestackLines<GrowthLine>('growth', '--source', 'trace', ...captures('churn')).filter(({kind, startFunction}) => kind === 'growth' && startFunction === 'main.serve');
  for (const {timeNs, goroutine, oldBytes, newBytes} of growths.slice(0, 5)) {
    await app.press('>');
    await expect(time.said).toContainText(`${figures.exactMoment(timeNs - startNs)}: G${goroutine} Growth ${figures.bytes(oldBytes!)} → ${figures.bytes(newBytes!)}`);
    await expect(time.card).toContainText(`G${goroutine} Growth`);
  }
  await app.click(app.lanes.getByRole('treeitem', {name: /^G\d+ main\.serve/}).nth(1));
  await app.press('f');
  await app.press('s');
  await expect(time.card).toHaveCount(0);
  const from = (await app.panel.innerText()).match(/([\d.]+) ms to ([\d.]+) ms/)!;
  const [born, end] = [from[1], from[2]].map((ms) => Math.round(Number(ms) * 1e6));
  const ends: number[] = [];
  for (const share of [0.01, 0.99]) {
    await time.point(await time.lane(/^G\d+ main\.serve/, share));
    ends.push(await time.pointedNs());
  }
  expect(ends[0]).toBeLessThan(born);
  expect(ends[1]).toBeGreaterThan(end);
});
