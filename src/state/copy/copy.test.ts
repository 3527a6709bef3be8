/** The catalogues: every text is there in every language, says something, and says what it was given. */
import {expect, test} from 'vitest';
import {copyOf, languageFor, languages} from './copy.ts';

/** Texts of a catalogue by their path; a parametrised one is called with arguments that can be found in it. */
interface Texts {
  readonly plain: ReadonlyMap<string, string>;
  readonly given: ReadonlyMap<string, {readonly text: string; readonly args: readonly string[]}>;
}

type Text = (...args: string[]) => string;

function textsOf(catalogue: object): Texts {
  const plain = new Map<string, string>();
  const given = new Map<string, {text: string; args: string[]}>();
  const walk = (path: string, value: unknown) => {
    if (typeof value === 'string') plain.set(path, value);
    else if (typeof value === 'function') {
      const args = Array.from({length: value.length}, (_, i) => `«${i}»`);
      given.set(path, {text: (value as Text)(...args), args});
    } else for (const [key, part] of Object.entries(value as object)) walk(path === '' ? key : `${path}.${key}`, part);
  };
  walk('', catalogue);
  return {plain, given};
}

const en = textsOf(copyOf('en'));
const zh = textsOf(copyOf('zh-CN'));

/** Words of Go, perf and the screen that are the same in both languages. */
const SAME = new Set(['name', 'moment.series.gomaxprocs', 'timeline.gc', 'timeline.sections.gc', 'timeline.counters.procs', 'goroutine.title', ...[1, 2, 3, 4, 5].map((i) => `timeline.states.${i}`), 'flame.kinds.2', 'flame.command', 'flame.time.goroutine', 'symbols.kindWords.elf', 'symbols.kindWords.kallsyms', 'symbols.kindWords.perf-map']);
/** Texts that are made of their arguments, signs and such words alone. */
const SAME_GIVEN = new Set(['timeline.goroutine', 'timeline.thread', 'moment.sizes', 'moment.value', 'moment.linkName', 'timeline.groupGoroutines', 'timeline.proc', 'timeline.task', 'timeline.process', 'flame.weightUnit.event', 'goroutine.titleOf', 'goroutine.sizes', 'goroutine.times', 'sources.counts.notKept', 'exports.weightOf', 'flame.time.laneOf']);
/** Texts in Chinese that are words of Go or parts and signs alone, written in another manner than in English. */
const LATIN = new Set(['headline.both', 'headline.apart', 'headline.one', 'flame.kinds.3']);
/** The first state is none. */
const EMPTY = new Set(['timeline.states.0']);
/** Texts that need not say all they are given. */
const UNSAID = new Set(['same.text']);

test('the catalogues have the same texts, with the same parameters', () => {
  expect([...zh.plain.keys()]).toEqual([...en.plain.keys()]);
  expect([...zh.given].map(([path, {args}]) => [path, args.length])).toEqual([...en.given].map(([path, {args}]) => [path, args.length]));
});

test.each([['en', en], ['zh-CN', zh]] as const)('in %s no text is empty or has a blank at its edge', (_, {plain, given}) => {
  for (const [path, text] of [...plain, ...[...given].map(([key, {text: made}]) => [key, made] as const)]) {
    if (EMPTY.has(path)) continue;
    expect(text.trim(), path).toBe(text);
    expect(text, path).not.toBe('');
  }
});

test.each([['en', en], ['zh-CN', zh]] as const)('in %s a text says everything it is given', (_, {given}) => {
  for (const [path, {text, args}] of given) if (!UNSAID.has(path)) for (const arg of args) expect(text, path).toContain(arg);
});

test('a text has places for the same parts in both languages', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [path, text] of en.plain) expect(places(zh.plain.get(path) ?? ''), path).toEqual(places(text));
});

test.each(languages)('in %s what depends on its arguments says the right one', (language) => {
  const copy = copyOf(language);
  expect(copy.bar.readingBytes('3 MB', null)).toContain('3 MB');
  expect(copy.bar.readingBytes('3 MB', null)).not.toContain('null');
  expect(copy.same.text('a.txt', 'b.txt')).toContain('a.txt');
  expect(copy.same.text('a.txt', 'b.txt')).toContain('b.txt');
  expect(copy.same.text('a.txt', 'a.txt').split('a.txt')).toHaveLength(2);
});

test('texts differ between the languages, but for words that are the same in both', () => {
  const equal = [...en.plain].filter(([path, text]) => zh.plain.get(path) === text && !EMPTY.has(path)).map(([path]) => path);
  expect(new Set(equal)).toEqual(SAME);
  const equalGiven = [...en.given].filter(([path, {text}]) => zh.given.get(path)?.text === text).map(([path]) => path);
  expect(new Set(equalGiven)).toEqual(SAME_GIVEN);
});

test('Chinese texts are Chinese: they hold a Chinese character, and English ones none', () => {
  const isChinese = /\p{Script=Han}/u;
  for (const [path, text] of zh.plain) if (!SAME.has(path) && !EMPTY.has(path) && !LATIN.has(path)) expect(isChinese.test(text), path).toBe(true);
  for (const [path, text] of en.plain) expect(isChinese.test(text), path).toBe(false);
});

test('a language is chosen by the first wanted one that there is a catalogue for, by its first part', () => {
  expect(languageFor(['zh-TW', 'en'])).toBe('zh-CN');
  expect(languageFor(['de-DE', 'ZH'])).toBe('zh-CN');
  expect(languageFor(['en-GB', 'zh-CN'])).toBe('en');
  expect(languageFor(['de', 'fr'])).toBe('en');
  expect(languageFor([])).toBe('en');
});
