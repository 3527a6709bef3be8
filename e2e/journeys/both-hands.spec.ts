/** What a hand does by pointer and by key is the same: each choice is made both ways, and the view that the address then holds is one. */
import {expect, test, type App} from '../pages/app.ts';
import {capture, captures} from '../pages/captures.ts';
import {Time} from '../pages/time.ts';

type Act = () => Promise<unknown>;

interface Ways {
  readonly pointer: Act;
  readonly key: Act;
  /** Takes either back. */
  readonly back: Act;
}

/** Both ways lead from one view to one other. `seen`: what tells views apart; the address, unless given. */
async function sameBothWays(app: App, {pointer, key, back}: Ways, seen: () => Promise<string> = () => Promise.resolve(app.fragment)): Promise<void> {
  const act = async (way: Act) => {
    await way();
    await app.atRest();
  };
  const before = await seen();
  await act(pointer);
  await expect.poll(seen).not.toBe(before);
  const after = await seen();
  await act(back);
  await expect.poll(seen).toBe(before);
  await act(key);
  await expect.poll(seen).toBe(after);
  await act(back);
  await expect.poll(seen).toBe(before);
}

/** From the sum of all over what was cut off to the growth chains, with the keys. */
async function walkToNewstack(app: App): Promise<void> {
  await app.flame.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await app.press(key);
  await expect(app.spokenFrame).toContainText('▲ runtime.newstack:');
}

/** Opens a menu by its button and chooses by the arrows alone. */
async function chooseByKeys(app: App, button: RegExp, item: string): Promise<void> {
  await app.page.getByRole('button', {name: button}).first().focus();
  await app.press('Enter');
  await stepToItem(app, item);
  await app.press('Enter');
}

async function stepToItem({page}: App, item: string): Promise<void> {
  await expect(page.getByRole('menu')).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let i = 0; i < 40 && !(await focused()).startsWith(item); i++) await page.keyboard.press('ArrowDown');
  expect(await focused()).toMatch(new RegExp(`^${item}`));
}

async function chooseByPointer(app: App, button: RegExp, item: string): Promise<void> {
  await app.click(app.page.getByRole('button', {name: button}).first());
  await app.click(app.page.getByRole('menuitemradio', {name: item, exact: true}).or(app.page.getByRole('menuitem', {name: item, exact: true})));
}

test.beforeEach(async ({app}) => {
  await app.visit();
  await app.pick(captures('recursion'));
});

for (const [name, key] of [
  ['Callers and callees', 's'], ['Only stacks with this function', 'f'], ['Without stacks with this function', 'h'], ['Merge into its caller', 'm'], ['Collapse recursion', 'r'],
  ['Show in the function table', 't'], ['Select its time on the lanes', 'l'], ['Show this frame widest', 'Enter'],
] as const) {
  test(`in the menu of a frame “${name}” is done by a click and by its own key`, ({app, page}) => sameBothWays(app, {
    pointer: async () => {
      await app.frame('▲ runtime.newstack').click({button: 'right'});
      await app.click(page.getByRole('menuitem', {name, exact: true}));
    },
    key: async () => {
      await walkToNewstack(app);
      await app.press(key);
    },
    back: () => page.goBack(),
  }));
}

test('“Search for it”, which has no key of its own, is done by a click and by the keys of the menu', ({app, page}) => sameBothWays(app, {
  pointer: async () => {
    await app.frame('▲ runtime.newstack').click({button: 'right'});
    await app.click(page.getByRole('menuitem', {name: 'Search for it'}));
  },
  key: async () => {
    await walkToNewstack(app);
    await app.press('Shift+F10');
    await stepToItem(app, 'Search for it');
    await app.press('Enter');
  },
  back: () => page.getByRole('searchbox', {name: 'Search functions'}).fill(''),
}));

test('the way back out of a frame shown widest is a click on the trail, Escape and Backspace', async ({app}) => {
  for (const key of ['Escape', 'Backspace']) {
    await walkToNewstack(app);
    await app.press('Enter');
    await expect(app.flamePath).toBeVisible();
    await app.flame.focus();
    for (let i = 0; i < 9 && (await app.flamePath.count()) > 0; i++) await app.press(key);
    await expect(app.flamePath).toHaveCount(0);
  }
  await walkToNewstack(app);
  await app.press('Enter');
  await app.click(app.flamePath.getByRole('button').first());
  await expect(app.flamePath).toHaveCount(0);
});

test('picture, weight, root, growth chains, case and colours are chosen by a click, by arrows, by Space and in menus', async ({app, page}) => {
  const radio = (name: string) => page.getByRole('radio', {name, exact: true});
  const arrow = (from: string, key: string) => async () => {
    await radio(from).focus();
    await app.press(key);
  };
  await sameBothWays(app, {pointer: () => radio('Over time').click(), key: arrow('Flame graph', 'ArrowRight'), back: () => radio('Flame graph').click()});
  await sameBothWays(app, {pointer: () => radio('samples').click(), key: arrow('CPU time', 'ArrowRight'), back: () => radio('CPU time').click()});
  const growth = page.getByRole('button', {name: 'Growth chains only'});
  await sameBothWays(app, {
    pointer: () => growth.click(), back: () => growth.click(),
    key: async () => {
      await growth.focus();
      await app.press(' ');
    },
  });
  await page.getByRole('searchbox', {name: 'Search functions'}).fill('copystack');
  await expect.poll(() => app.fragment).toContain('copystack');
  const matchCase = page.getByRole('button', {name: 'Match case'});
  await sameBothWays(app, {
    pointer: () => matchCase.click(), back: () => matchCase.click(),
    key: async () => {
      await matchCase.focus();
      await app.press(' ');
    },
  });
  await page.getByRole('searchbox', {name: 'Search functions'}).fill('');
  await expect.poll(() => app.fragment).not.toContain('copystack');
  const menu = /^View/;
  for (const [item, undo] of [['Thread', 'Nothing'], ['Flame: root at the bottom', 'Icicle: root at the top']] as const) {
    await sameBothWays(app, {pointer: () => chooseByPointer(app, menu, item), key: () => chooseByKeys(app, menu, item), back: () => chooseByPointer(app, menu, undo)});
  }
});

test('rows of the lanes are sized, shown, opened and narrowed by clicks and by keys', async ({app, page}) => {
  const rows = async () => JSON.stringify(await app.lanes.getByRole('treeitem').evaluateAll((all) => all.map((row) => [row.getAttribute('aria-label'), Math.round(row.getBoundingClientRect().height)])));
  const order = /^Order of lanes|^by /;
  await sameBothWays(app, {
    pointer: () => chooseByPointer(app, order, 'tall'), back: () => chooseByPointer(app, order, 'normal'),
    key: async () => {
      await app.lanes.focus();
      await app.press('h');
    },
  }, rows);
  await sameBothWays(app, {pointer: () => chooseByPointer(app, /^Rows/, 'Procs'), key: () => chooseByKeys(app, /^Rows/, 'Procs'), back: () => chooseByPointer(app, /^Rows/, 'Procs')}, rows);
  await sameBothWays(app, {pointer: () => chooseByPointer(app, /^any state/, 'sleep'), key: () => chooseByKeys(app, /^any state/, 'sleep'), back: () => page.getByRole('button', {name: 'Show all lanes'}).click()}, rows);
  const only = page.getByRole('checkbox', {name: 'Only with growth'});
  await sameBothWays(app, {
    pointer: () => only.click(), back: () => only.click(),
    key: async () => {
      await only.focus();
      await app.press(' ');
    },
  }, rows);
  const first = (key: string) => async () => {
    await app.lanes.focus();
    await app.press('Home');
    await app.press(key);
  };
  await sameBothWays(app, {
    pointer: () => app.lanes.getByRole('treeitem', {name: /^Heap live, goal/}).first().click(), key: first('ArrowRight'), back: first('ArrowLeft'),
  }, async () => String(await app.lanes.getByRole('treeitem', {name: /^Goroutines by state/}).count()));
});

test('the cursor of the lanes goes by small and large steps with the brackets, and says the time that the card has', async ({app}) => {
  const time = new Time(app);
  await app.click(app.lanes.getByRole('treeitem', {name: /^main\.checker/}).first());
  await time.point({x: 5, y: 5});
  const lengthNs = Number(await app.handle('End').getAttribute('aria-valuemax')) * 1000;
  const at: number[] = [];
  for (const key of [']', ']', '}', '[', '{']) {
    await app.press(key);
    const said = await time.said.innerText();
    await expect(time.card).toContainText(said);
    at.push(Number(/^([\d.]+) ms/.exec(said)![1]) * 1e6);
  }
  const moves = at.slice(1).map((ns, i) => Math.round(((ns - at[i]) / lengthNs) * 1000) / 1000);
  expect(moves).toEqual([0.01, 0.1, -0.01, -0.1]);
});

test('rows and neighbours of the function table, and what rows of the growth table are, go by clicks and by keys', async ({app, page}) => {
  const by = (name: string) => app.panel.getByRole('radio', {name, exact: true});
  await sameBothWays(app, {
    pointer: () => by('Causing function').click(), back: () => by('Start function').click(),
    key: async () => {
      await by('Start function').focus();
      await app.press('ArrowRight');
    },
  });
  await app.click(app.tab('Functions'));
  await sameBothWays(app, {
    pointer: () => app.panel.locator('tbody tr[aria-rowindex]').nth(1).dblclick(), back: () => page.goBack(),
    key: async () => {
      await app.panel.getByRole('grid').focus();
      for (const key of ['Home', 'ArrowDown', 'Enter']) await app.press(key);
    },
  }, async () => page.getByRole('radiogroup', {name: 'Picture'}).getByRole('radio', {checked: true}).innerText());
  await app.panel.getByRole('textbox', {name: 'Find in this table'}).fill('runtime.newstack');
  await app.atRest();
  await app.click(app.panel.locator('tbody tr[aria-rowindex]').first());
  await page.getByRole('region', {name: 'runtime.newstack'}).getByRole('button', {name: 'runtime.copystack'}).focus();
  await app.press('Enter');
  await expect(page.getByRole('region', {name: 'runtime.copystack'})).toBeVisible();
});

test('a source is taken away and a table is saved by key as by pointer', async ({app, page}) => {
  const save = page.getByRole('button', {name: /^Save Growth.* as CSV/});
  const saved = async (way: Act) => (await Promise.all([page.waitForEvent('download'), way()]))[0].suggestedFilename();
  const name = await saved(() => save.click());
  await save.focus();
  expect(await saved(() => page.keyboard.press('Enter'))).toBe(name);
  await app.pick({name: 'letter.txt', mimeType: '', buffer: Buffer.from('Dear engineer,\n')});
  const count = await app.sources.count();
  await app.page.getByRole('button', {name: 'Remove letter.txt'}).focus();
  await app.press('Enter');
  await expect(app.sources).toHaveCount(count - 1);
  await app.click(app.page.getByRole('button', {name: /^Remove perf\.txt/}));
  await expect(app.sources).toHaveCount(count - 2);
});

test('a pattern leads to a goroutine that shows it, by a click and by Enter', async ({app}) => {
  await app.pick(capture('churn', 'trace.out.gz'));
  await app.click(app.tab('Patterns'));
  const link = app.panel.getByRole('button', {name: /G\d+/}).first();
  await sameBothWays(app, {
    pointer: () => link.click(), back: () => app.page.goBack(),
    key: async () => {
      await link.focus();
      await app.press('Enter');
    },
  });
});
