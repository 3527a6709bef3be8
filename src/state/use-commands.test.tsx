// @vitest-environment jsdom
/** Commands: which key does what, where, and who hears of what is on offer. */
import {act, createElement} from 'react';
import {createRoot} from 'react-dom/client';
import {expect, test} from 'vitest';
import {Commands, CommandsContext, keyOf, useAllCommands, useCommands, type OfferedCommand} from './use-commands.ts';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

const NONE = {ctrlKey: false, metaKey: false, altKey: false, shiftKey: false};
const pressed = (key: string, held: Partial<typeof NONE> = {}) => ({key, ...NONE, ...held});

/** Commands `place key`, and what of them ran. */
function offered(...made: [place: OfferedCommand['place'], key: string][]) {
  const commands = new Commands();
  const ran: string[] = [];
  commands.offer({}, made.map(([place, key]) => ({id: `${place} ${key}`, title: key, keys: [key], place, run: () => ran.push(`${place} ${key}`)})));
  return {commands, ran};
}

function elementIn(html: 'input' | 'button', place?: string): Element {
  const outer = document.createElement('div');
  if (place !== undefined) outer.dataset['place'] = place;
  return outer.appendChild(document.createElement(html));
}

test.each([
  ['a', {}, 'a'], ['A', {shiftKey: true}, 'A'], ['?', {shiftKey: true}, '?'], ['ArrowUp', {shiftKey: true}, 'Shift+ArrowUp'],
  ['k', {ctrlKey: true}, 'Ctrl+k'], ['k', {metaKey: true}, 'Ctrl+k'], ['Enter', {altKey: true}, 'Alt+Enter'], [' ', {shiftKey: true}, 'Shift+ '],
])('the key %s with %o is %s', (key, held, name) => expect(keyOf(pressed(key, held))).toBe(name));

test('keys of a place act inside it only, and before those of the page', () => {
  const {commands, ran} = offered(['page', 'f'], ['timeline', 'f'], ['flame', 'g']);
  expect(commands.press(pressed('f'), elementIn('button', 'timeline'))).toBe(true);
  expect(commands.press(pressed('f'), elementIn('button', 'flame'))).toBe(true);
  expect(commands.press(pressed('g'), elementIn('button', 'timeline'))).toBe(false);
  expect(commands.press(pressed('f'), null)).toBe(true);
  expect(ran).toEqual(['timeline f', 'page f', 'page f']);
});

test('a letter typed into a field is no command, a letter with Ctrl is', () => {
  const {commands, ran} = offered(['page', 'k'], ['page', 'Ctrl+k']);
  expect(commands.press(pressed('k'), elementIn('input'))).toBe(false);
  expect(commands.press(pressed('k', {ctrlKey: true}), elementIn('input'))).toBe(true);
  expect(ran).toEqual(['page Ctrl+k']);
});

test('a view offers its commands while it is there, and those who list them hear of changes that can be seen', async () => {
  const commands = new Commands();
  let lists = 0;
  const List = () => {
    lists++;
    return useAllCommands().map(({title}) => title).join();
  };
  const View = ({title}: {readonly title: string}) => {
    useCommands('page', [{id: 'x', title, keys: [], run: () => {}}]);
    return null;
  };
  const host = document.createElement('div');
  const root = createRoot(host);
  const show = (title: string | null) => act(async () => root.render(createElement(CommandsContext, {value: commands}, createElement(List), title === null ? null : createElement(View, {title}))));
  await show('one');
  expect(host.textContent).toBe('one');
  const before = lists;
  commands.offer({}, []);
  expect(lists).toBe(before);
  await show('two');
  expect(host.textContent).toBe('two');
  await show(null);
  expect(host.textContent).toBe('');
});
