/** The log of faults: all are counted, few are kept, the worst is told first. */
import {expect, test} from 'vitest';
import {assert, FaultLog} from './fault.ts';

test('every fault is counted, the first twenty are kept, and no sentence is made for the rest', () => {
  const log = new FaultLog();
  let made = 0;
  for (let line = 1; line <= 1000; line++) log.report('skipped', 'x/line', () => ({message: `line ${++made}`, at: {byte: line, line}}));
  const [group] = log.groups();
  expect([group.count, group.first.length, made]).toEqual([1000, 20, 20]);
  expect(group.first.at(-1)?.at).toEqual({byte: 20, line: 20});
});

test('a code is as severe as its worst fault', () => {
  const log = new FaultLog();
  log.add({severity: 'odd', code: 'x/y', message: ''});
  for (const severity of ['fatal', 'skipped'] as const) log.report(severity, 'x/y', () => ({message: ''}));
  expect(log.groups()[0].severity).toBe('fatal');
});

test('codes come worst first, then by name', () => {
  const log = new FaultLog();
  log.report('odd', 'b', () => ({message: ''}));
  log.report('fatal', 'z', () => ({message: ''}));
  log.report('odd', 'a', () => ({message: ''}));
  log.add({severity: 'skipped', code: 'm', message: ''});
  expect(log.groups().map(({code}) => code)).toEqual(['z', 'm', 'a', 'b']);
});

test('a log is broken once a fault was fatal, and not before', () => {
  const log = new FaultLog();
  log.report('skipped', 'a', () => ({message: ''}));
  expect(log.broken).toBe(false);
  log.add({severity: 'fatal', code: 'b', message: ''});
  expect(log.broken).toBe(true);
});

test('groups that were handed out do not change with later faults', () => {
  const log = new FaultLog();
  log.report('odd', 'a', () => ({message: 'one'}));
  const before = log.groups();
  log.report('odd', 'a', () => ({message: 'two'}));
  expect([before[0].count, before[0].first.length]).toEqual([1, 1]);
});

test('an invariant of ours that does not hold is an exception', () => {
  expect(() => assert(false, 'two is three')).toThrow('internal: two is three');
  expect(() => assert(true, '')).not.toThrow();
});
