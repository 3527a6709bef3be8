/** Numbers as a person reads them. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Figures} from './figures.ts';

const figures = new Figures('en');

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [65_536, '64 KiB'],
  [1_048_575, '1 MiB'],
  [1_048_576, '1 MiB'],
  [512 * 2 ** 20, '512 MiB'],
  [1.5 * 2 ** 30, '1.5 GiB'],
  [2 ** 50, '1,024 TiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(figures.bytes(bytes)).toBe(text);
});

test.each([
  [0, '0 ns'],
  [64, '64 ns'],
  [999, '999 ns'],
  [1000, '1 µs'],
  [13_824, '13.8 µs'],
  [999_499, '999 µs'],
  [999_500, '1 ms'],
  [1_500_000_000, '1.5 s'],
  [12_345e9, '12,345 s'],
  [-13_824, '−13.8 µs'],
])('%d ns are %s', (ns, text) => {
  expect(figures.duration(ns)).toBe(text);
});

test('a duration that is not known is no reason to break', () => {
  expect(figures.duration(Number.NaN)).toBe('NaN ns');
});

test.each([
  [0, '0 %'],
  [0.3412, '34.1 %'],
  [0.9999, '99.9 %'],
  [0.99999999, '99.9 %'],
  [1, '100 %'],
  [0.00001234, '0.00123 %'],
])('a share of %d is %s: only the whole is 100 %', (share, text) => {
  expect(figures.share(share)).toBe(text);
});

test('a count is whole, thousands apart; a moment is to the microsecond', () => {
  expect(figures.count(12_092)).toBe('12,092');
  expect(figures.moment(176_412_300)).toBe('176.412 ms');
  expect(figures.moment(0)).toBe('0.000 ms');
});

test('numbers are written as the language writes them', () => {
  expect(new Figures('de').moment(1_234_567_891)).toBe('1.234,568 ms');
});

test('no duration or size is written with a thousand of its unit while there is a larger unit', () => {
  fc.assert(fc.property(fc.double({min: 0, max: 999e9, noNaN: true}), (value) => {
    expect(figures.duration(Math.round(value))).not.toMatch(/^1,?000 (ns|µs|ms)/);
    expect(figures.bytes(Math.round(value))).not.toMatch(/^1,?024 (B|KiB|MiB|GiB)/);
  }));
});

test('a written duration is within half a percent of what it stands for', () => {
  const NS: Readonly<Record<string, number>> = {ns: 1, µs: 1e3, ms: 1e6, s: 1e9};
  fc.assert(fc.property(fc.integer({min: 1, max: 2 ** 52}), (ns) => {
    const [number, unit] = figures.duration(ns).split(' ');
    expect(Math.abs(Number(number.replaceAll(',', '')) * NS[unit] - ns)).toBeLessThanOrEqual(ns * 0.005 + 1e-9);
  }));
});

test('a clock and a time of day are written to the digit that is asked for, and none is rounded up', () => {
  expect(figures.exactMoment(176_412_345)).toBe('176.412345 ms');
  expect(figures.clockNs(1_118_793_082_123n)).toBe('1,118,793,082,123 ns');
  expect([0, 3, 9].map((digits) => figures.clockSeconds(1_118_799_999_999n, digits))).toEqual(['1,118 s', '1,118.799 s', '1,118.799999999 s']);
  const berlin = new Figures('en', 'Europe/Berlin');
  const wallNs = 1_795_360_156_836_237_999n;
  expect([0, 3, 9].map((digits) => berlin.timeOfDay(wallNs, digits))).toEqual(['16:09:16', '16:09:16.836', '16:09:16.836237999']);
  expect(berlin.zone(wallNs)).toBe('Europe/Berlin, GMT+01:00');
  expect(berlin.day(wallNs)).toBe('Nov 22, 2026');
  expect(new Figures('en', 'UTC').timeOfDay(0n, 0)).toBe('00:00:00');
});
