/** Labels: whatever the room, what tells functions apart stays longest and nothing runs over the edge of its frame. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {droppedLetters, fittedLabel, wholeLabel, type FrameLabel} from './label.ts';

const plain = (name: string): FrameLabel => ({sign: '', name, suffix: ''});

test.each([
  [30, 'net/http.(*conn).serve'],
  [22, 'net/http.(*conn).serve'],
  [21, '(*conn).serve'],
  [13, '(*conn).serve'],
  [12, 'serve'],
  [5, 'serve'],
  [4, 'ser…'],
  [3, 'se…'],
  [2, ''],
  [0, ''],
])('in %i letters net/http.(*conn).serve is “%s”', (letters, shown) => {
  expect(fittedLabel(plain('net/http.(*conn).serve'), letters)).toBe(shown);
});

test('dots in the arguments of a type are not the end of the package', () => {
  expect(fittedLabel(plain('b.Map[github.com/x/y.Key]'), 24)).toBe('Map[github.com/x/y.Key]');
  expect(fittedLabel(plain('malloc_consolidate'), 8)).toBe('malloc_…');
});

test('what goes without a sign is the package, then the receiver, and nothing where that is not needed', () => {
  const of = (name: string, letters: number) => name.slice(droppedLetters(name, letters));
  expect(of('http.(*conn).serve', 18)).toBe('http.(*conn).serve');
  expect(of('http.(*conn).serve', 17)).toBe('(*conn).serve');
  expect(of('http.(*conn).serve', 12)).toBe('serve');
  expect(of('http.(*conn).serve', 2)).toBe('serve');
  expect(of('memmove', 2)).toBe('memmove');
});

test('the sign stays as long as there is room for it, and the count goes before the name does', () => {
  const label: FrameLabel = {sign: '↻', name: 'main.descend', suffix: '× 37'};
  expect(wholeLabel(label)).toBe('↻ main.descend × 37');
  expect(fittedLabel(label, 19)).toBe('↻ main.descend × 37');
  expect(fittedLabel(label, 14)).toBe('↻ descend × 37');
  expect(fittedLabel(label, 9)).toBe('↻ descend');
  expect(fittedLabel(label, 8)).toBe('↻ desce…');
  expect(fittedLabel(label, 2)).toBe('↻');
  expect(fittedLabel(label, 0)).toBe('');
});

test('a sentence loses its end', () => expect(fittedLabel(plain('caller not recorded by frame pointers'), 20)).toBe('caller not recorded…'));

test('no label is longer than its room, and what is left of a name is its end, or the beginning of an end that is a name of its own', () => {
  fc.assert(fc.property(fc.constantFrom('', '▲', '↻'), fc.stringMatching(/^[a-z./()*[\]]{1,40}$/), fc.constantFrom('', '× 12'), fc.integer({min: 0, max: 60}), (sign, name, suffix, letters) => {
    const shown = fittedLabel({sign, name, suffix}, letters);
    expect(shown.length).toBeLessThanOrEqual(letters);
    const own = shown.replace(sign, '').replace(suffix, '').trim();
    if (own.endsWith('…')) expect(/(?:^|[.)/])/.test(name.slice(0, name.indexOf(own.slice(0, -1))).slice(-1))).toBe(true);
    else expect(name.trim().endsWith(own)).toBe(true);
  }));
});
