/** Faults as a list: what a filter leaves, and the text that is copied. */
import {expect, test} from 'vitest';
import type {FaultGroup, Severity} from '../../base/fault.ts';
import {byFile, faultText, fitting} from './faults-of-files.ts';

const group = (code: string, severity: Severity, message: string, excerpt?: string): FaultGroup => ({code, severity, count: 3, first: [{code, severity, message, at: {byte: 40, line: 2}, ...(excerpt === undefined ? {} : {excerpt})}]});
const all = [
  {id: 1, file: 'perf.txt', group: group('perf-script/line', 'skipped', 'Expected a record header', 'Dear engineer,')},
  {id: 1, file: 'perf.txt', group: group('perf-script/lost', 'odd', 'perf lost 7 samples here')},
  {id: 2, file: 'trace.out', group: group('go-trace/broken', 'fatal', 'No batch here')},
];
const codes = (severity: Severity | null, text: string) => fitting(all, severity, text, {'perf-script/lost': 'Samples are gone'}).map((fault) => fault.group.code);

test('a filter leaves what has the severity and holds the text in file, code, title, message or excerpt', () => {
  expect(codes(null, '')).toEqual(['perf-script/line', 'perf-script/lost', 'go-trace/broken']);
  expect(codes('odd', '')).toEqual(['perf-script/lost']);
  expect(codes(null, ' DEAR ')).toEqual(['perf-script/line']);
  expect(codes(null, 'gone')).toEqual(['perf-script/lost']);
  expect(codes(null, 'trace.out')).toEqual(['go-trace/broken']);
  expect(codes('fatal', 'perf')).toEqual([]);
});

test('a filter and its inverse are all', () => {
  const severities = ['fatal', 'skipped', 'odd'] as const;
  expect(severities.flatMap((severity) => codes(severity, '')).toSorted()).toEqual(codes(null, '').toSorted());
});

test('faults of one file stand together, and those of two files with one name apart', () => {
  expect(byFile(all).map(({file, groups}) => [file, groups.length])).toEqual([['perf.txt', 2], ['trace.out', 1]]);
  expect(byFile([all[0], {...all[1], id: 3}]).map(({id, file}) => [id, file])).toEqual([[1, 'perf.txt'], [3, 'perf.txt']]);
});

test('the text that is copied tells file, code, count, place, message and excerpt', () => {
  expect(faultText(all.slice(0, 2))).toBe(
    'perf.txt: skipped, 3 × perf-script/line\n  line 2, byte 40: Expected a record header\n    Dear engineer,\n\nperf.txt: odd, 3 × perf-script/lost\n  line 2, byte 40: perf lost 7 samples here');
  expect(faultText([{file: 'a', group: {code: 'input/empty', severity: 'fatal', count: 1, first: [{code: 'input/empty', severity: 'fatal', message: 'Empty', at: {byte: 0}}]}}])).toBe('a: fatal, 1 × input/empty\n  byte 0: Empty');
});
