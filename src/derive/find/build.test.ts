/** What is typed finds functions and goroutines, of every source, the likeliest first. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {find} from './build.ts';

const session = sessionOf([
  traceFromText(`
    0ms         1ms                     2ms
    main.main   main.main               main.main
    main.Serve  net/http.(*conn).serve  runtime.observe
  `),
  traceFromText('0ms\nmain.main\nmain.last'),
  goTraceFromText(`
                    0us      10us
    G8 main.work    run M7
    G84 main.work   run M8
    G842 main.rest  wait
  `),
]);
const ask = (text: string, limit = 10) => find.answer(session, {text, limit});

test('functions are found by any part of their names, in any case; whole names that begin so come first, then last parts', () => {
  expect(ask('serve').functions).toEqual(['main.Serve', 'net/http.(*conn).serve', 'runtime.observe']);
  expect(ask('MAIN.').functions.toSorted()).toEqual(['main.Serve', 'main.last', 'main.main']);
  expect(ask('runtime').functions[0]).toBe('runtime.observe');
});

test('every word must be in the name, in any order', () => {
  expect(ask('serve http').functions).toEqual(['net/http.(*conn).serve']);
  expect(ask('serve nothing').functions).toEqual([]);
});

test('a function of two sources is found once', () => {
  expect(ask('main.main').functions).toEqual(['main.main']);
});

test('a number finds goroutines whose id begins with it, with or without G, smallest first', () => {
  const ids = (text: string) => ask(text).goroutines.map(({id}) => id);
  expect(ids('84')).toEqual([84, 842]);
  expect(ids('g842')).toEqual([842]);
  expect(ids('main')).toEqual([]);
  expect(ask('G8').goroutines[0]).toMatchObject({source: 3, startFunction: 'main.work'});
});

test('an empty text finds nothing, and what is beyond the limit is counted', () => {
  expect(ask('  ')).toMatchObject({functions: [], goroutines: [], moreFunctions: 0});
  expect(ask('main', 2)).toMatchObject({moreFunctions: 1});
  expect(ask('main', 2).functions).toHaveLength(2);
  expect(ask('8', 1)).toMatchObject({goroutines: [{id: 8}], moreGoroutines: 2});
});

test('whatever is typed, what is found holds it', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    for (const name of ask(text).functions) for (const word of text.trim().toLowerCase().split(/\s+/)) expect(name.toLowerCase()).toContain(word);
  }));
});
