/** Which files an address may ask for: those of the page's own origin, by their names. */
import {expect, test} from 'vitest';
import {filesInAddress} from './open-from-address.ts';

const BASE = 'http://localhost:4173/sub/index.html';
const filesOf = (hash: string, base = BASE) => filesInAddress({hash}, base);

test('each path after open is a file, relative to the page', () => {
  expect(filesOf('#open=perf.txt&open=../files/0/trace.out')).toEqual([
    {name: 'perf.txt', url: 'http://localhost:4173/sub/perf.txt'},
    {name: 'trace.out', url: 'http://localhost:4173/files/0/trace.out'},
  ]);
});

test('a name is shown decoded, and one that can’t be decoded as it stands', () => {
  expect(filesOf('#open=a%2520b.txt')[0]).toEqual({name: 'a b.txt', url: 'http://localhost:4173/sub/a%20b.txt'});
  expect(filesOf('#open=bad%25ZZ.txt')[0].name).toBe('bad%ZZ.txt');
});

test.each([
  'https://elsewhere.test/perf.txt',
  '//elsewhere.test/perf.txt',
  'http://localhost:4174/perf.txt',
  'https://localhost:4173/perf.txt',
  'data:text/plain,a;b 1',
  'javascript:alert(1)',
  'http://localhost:4173@elsewhere.test/perf.txt',
  '\\\\elsewhere.test\\perf.txt',
  'http://',
])('nothing is read from %s', (address) => {
  expect(filesOf(`#open=${encodeURIComponent(address)}`)).toEqual([]);
});

test('an address of the page’s own origin may be written in full', () => {
  expect(filesOf(`#open=${encodeURIComponent('http://localhost:4173/x/perf.txt')}`)).toEqual([{name: 'perf.txt', url: 'http://localhost:4173/x/perf.txt'}]);
});

test('an address without open asks for nothing', () => {
  for (const hash of ['', '#', '#other=perf.txt']) expect(filesOf(hash)).toEqual([]);
});
