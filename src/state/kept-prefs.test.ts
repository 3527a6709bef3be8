/** What was kept in the browser may be of another time, or of nobody: whatever it is, prefs are prefs. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {languages} from './copy/copy.ts';
import {readPrefs, type Prefs} from './kept-prefs.ts';
import {themes} from './slices/prefs.ts';

const FALLBACK: Prefs = {theme: 'system', language: 'en'};

test('what was kept is read again', () => {
  for (const theme of themes) for (const language of languages) expect(readPrefs(JSON.stringify({theme, language}), FALLBACK)).toEqual({theme, language});
});

test.each([
  ['nothing', null],
  ['no JSON', '{theme'],
  ['null', 'null'],
  ['a number', '5'],
  ['a text', '"dark"'],
  ['a list', '["dark"]'],
  ['unknown values', '{"theme":"sepia","language":"de"}'],
  ['values of another kind', '{"theme":["dark"],"language":{"0":"en"}}'],
])('%s is as the fallback has it', (_, kept) => {
  expect(readPrefs(kept, FALLBACK)).toEqual(FALLBACK);
});

test('one that is known holds though the other is not', () => {
  expect(readPrefs('{"theme":"dark","language":"de"}', FALLBACK)).toEqual({theme: 'dark', language: 'en'});
  expect(readPrefs('{"language":"zh-CN"}', {theme: 'light', language: 'en'})).toEqual({theme: 'light', language: 'zh-CN'});
});

test('nothing that is kept gives anything but a known theme and a known language', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (kept) => {
    const {theme, language} = readPrefs(kept, FALLBACK);
    expect(themes).toContain(theme);
    expect(languages).toContain(language);
  }));
});
