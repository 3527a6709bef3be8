/** What the palette finds, and what it puts first. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fit} from './match.ts';

const ordered = (typed: string, ...titles: string[]) => titles.filter((title) => fit(typed, title) > 0).toSorted((a, b) => fit(typed, b) - fit(typed, a));

test('a title that begins with it comes before one with a word that does, one that holds it, and one with its letters in order', () => {
  expect(ordered('zoom', 'Bazooms', 'Fit zoom', 'Zoom in', 'Zero out of memory', 'Faults')).toEqual(['Zoom in', 'Fit zoom', 'Bazooms', 'Zero out of memory']);
});

test('every word must fit, in any order and any case', () => {
  expect(ordered('in ZOOM', 'Zoom in', 'Zoom out')).toEqual(['Zoom in']);
});

test('two letters in order are no match: nearly every title has them', () => {
  expect(fit('zn', 'Zoom in')).toBe(0);
  expect(fit('zmn', 'Zoom in')).toBeGreaterThan(0);
});

test('nothing typed fits everything alike', () => {
  fc.assert(fc.property(fc.string(), (title) => fit(' ', title) === 1));
});

test('any part of a title finds it', () => {
  fc.assert(fc.property(fc.string({unit: 'grapheme-ascii', minLength: 1}), fc.nat(), fc.nat(), (title, a, b) => {
    const [from, to] = [a % title.length, b % (title.length + 1)].toSorted((x, y) => x - y);
    return fit(title.slice(from, to), title) > 0;
  }));
});
