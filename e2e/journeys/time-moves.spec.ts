/** Moving in time: every gesture by hand and by key. Where one is, the card beside the pointer says. */
import {expect, test} from '../pages/app.ts';
import {captures} from '../pages/captures.ts';
import {Time} from '../pages/time.ts';

const LANE = /^main\.checker/;

test('Ctrl and wheel, and W, zoom about the time under the pointer; minus, S and 0 go back', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  await time.point(await time.lane(LANE, 0.3));
  const here = await time.pointedNs();
  await page.keyboard.down('Control');
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await app.atRest();
  const there = await time.lane(LANE, 0.5);
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(1);
  await time.point(there);
  const zoomed = (await time.pointedNs()) - here;
  await time.point(await time.lane(LANE, 0.3));
  for (const key of ['w', '+']) await app.press(key);
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(1);
  for (const key of ['s', '-']) await app.press(key);
  await time.point(there);
  expect(Math.abs((await time.pointedNs()) - here - zoomed)).toBeLessThanOrEqual(2);
  await app.press('0');
  const {clientWidth, x} = await page.locator('.time-layer').evaluate((element) => ({clientWidth: element.clientWidth, x: element.getBoundingClientRect().x}));
  const all = await time.pointedNs();
  await time.point(await time.lane(LANE, 0.25));
  expect((await time.pointedNs()) / all).toBeCloseTo(((await time.at(0.25, 0)).x - x) / ((await time.at(0.5, 0)).x - x), 3);
  expect(clientWidth).toBeGreaterThan(500);
});

test('a plain wheel scrolls lanes and moves no time; a sideways one, Shift and drag, the middle button, A and D pan', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const lane = await time.lane(LANE, 0.5);
  await time.point(lane);
  for (let i = 0; i < 3; i++) await app.press('w');
  const here = await time.pointedNs();
  await page.mouse.wheel(200, 0);
  await app.atRest();
  expect(await time.pointedNs()).toBeGreaterThan(here);
  await page.mouse.wheel(-200, 0);
  await app.atRest();
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(1);
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 200);
  await app.atRest();
  expect(await time.pointedNs()).toBeGreaterThan(here);
  await page.mouse.wheel(0, -200);
  await app.atRest();
  // What is under the hand stays under it.
  await time.drag(lane, {x: lane.x + 150, y: lane.y});
  await page.keyboard.up('Shift');
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(1);
  await time.drag({x: lane.x + 150, y: lane.y}, lane, 'middle');
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(2);
  await app.press('d');
  expect(await time.pointedNs()).toBeGreaterThan(here);
  await app.press('a');
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(2);
  await page.mouse.wheel(0, 120);
  await app.atRest();
  await expect.poll(() => page.locator('.lanes').evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(2);
});

test('arrows pan, Home and End go to the ends of the axis, when the focus is on the lanes', async ({app}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const lane = await time.lane(LANE, 0.5);
  await time.point(lane);
  const whole = await time.pointedNs();
  for (let i = 0; i < 4; i++) await app.press('w');
  await app.page.locator('.time-layer').focus();
  const here = await time.pointedNs();
  await app.press('ArrowRight');
  expect(await time.pointedNs()).toBeGreaterThan(here);
  await app.press('ArrowLeft');
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(1);
  await app.press('End');
  expect(await time.pointedNs()).toBeGreaterThan(whole);
  await app.press('Home');
  expect(await time.pointedNs()).toBeLessThan(whole / 2);
});

test('two fingers zoom about what is between them, one pans', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const left = await time.lane(LANE, 0.4);
  const right = await time.lane(LANE, 0.6);
  const y = left.y;
  await time.point(left);
  const at = [await time.pointedNs()];
  await time.point(right);
  at.push(await time.pointedNs());
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) => session.send('Input.dispatchTouchEvent', {type, touchPoints: xs.map((x, id) => ({x, y, id}))});
  await touch('touchStart', left.x, right.x);
  await touch('touchMove', left.x - 100, right.x + 100);
  await touch('touchMove', left.x - 200, right.x + 200);
  await touch('touchEnd');
  await app.atRest();
  await time.point({x: left.x - 200, y});
  expect(Math.abs((await time.pointedNs()) - at[0])).toBeLessThanOrEqual(2);
  await time.point({x: right.x + 200, y});
  expect(Math.abs((await time.pointedNs()) - at[1])).toBeLessThanOrEqual(2);
  const here = await time.pointedNs();
  await touch('touchStart', right.x + 200);
  await touch('touchMove', right.x + 100);
  await touch('touchMove', right.x);
  await touch('touchEnd');
  await app.atRest();
  await time.point({x: right.x, y});
  expect(Math.abs((await time.pointedNs()) - here)).toBeLessThanOrEqual(2);
});

test('a range is dragged out on the lanes, its edge is taken again, F fits it, Escape clears it', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  const [a, b, c] = [await time.lane(LANE, 0.3), await time.lane(LANE, 0.5), await time.lane(LANE, 0.6)];
  const ns: number[] = [];
  for (const to of [a, b, c]) {
    await time.point(to);
    ns.push(await time.pointedNs());
  }
  const selected = async () => {
    const [, from, to] = /([\d.,]+) ms.*?([\d.,]+) ms/.exec(await app.status.innerText()) ?? [];
    return [from, to].map((ms) => Math.round(Number(ms.replaceAll(',', '')) * 1e6));
  };
  await time.drag(a, b);
  await expect(app.headline).toContainText('in the selected range');
  let range = await selected();
  expect(Math.abs(range[0] - ns[0]) + Math.abs(range[1] - ns[1])).toBeLessThanOrEqual(2000);
  await time.drag(b, c);
  range = await selected();
  expect(Math.abs(range[0] - ns[0]) + Math.abs(range[1] - ns[2])).toBeLessThanOrEqual(2000);
  await app.press('f');
  const ends: number[] = [];
  for (const share of [0.001, 0.999]) {
    await time.point(await time.lane(LANE, share));
    ends.push(await time.pointedNs());
  }
  expect(ends[0]).toBeLessThan(ns[0]);
  expect(ends[1]).toBeGreaterThan(ns[2]);
  expect((ends[1] - ends[0]) / (ns[2] - ns[0])).toBeLessThan(1.15);
  await page.locator('.time-layer').focus();
  await app.press('Escape');
  await expect(app.headline).not.toContainText('in the selected range');
});

test('a double click on a state, and E, select the time that it lasts', async ({app, page}) => {
  const time = new Time(app);
  await app.visit();
  await app.pick(captures('recursion'));
  await app.click(app.lanes.getByRole('treeitem', {name: LANE}).first());
  const lane = await time.lane(/^G\d+ main\.checker/, 0.5);
  await time.point(lane);
  for (let i = 0; i < 5; i++) await app.press('w');
  const [, from, to] = /\(([\d.,]+ ms) – ([\d.,]+ ms)\)/.exec(await time.card.innerText()) ?? [];
  await page.mouse.dblclick(lane.x, lane.y);
  await app.atRest();
  await expect(app.status).toContainText(from);
  await expect(app.status).toContainText(to);
  await page.locator('.time-layer').focus();
  await app.press('Escape');
  await expect(app.status).not.toContainText(from);
  await time.point(lane);
  await app.press('e');
  await expect(app.status).toContainText(from);
});
