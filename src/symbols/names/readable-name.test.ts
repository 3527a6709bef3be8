/** Mangled names against those that perf 6.1 and binutils print of the same symbols. */
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readableName} from './readable-name.ts';

test.each([
  ['_ZN1l5inner4spin17h8ef7f26ba5edd083E', 'l::inner::spin'],
  ['_ZN41_$LT$l..A$LT$T$GT$$u20$as$u20$l..Work$GT$4work17h4c148d5ce4a3b614E', '<l::A<T> as l::Work>::work'],
  ['_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17h8cd93d8471d054beE', 'std::rt::lang_start::{{closure}}'],
  ['_ZN3std3sys9backtrace28__rust_begin_short_backtrace17h98f0e32f3c982af3E', 'std::sys::backtrace::__rust_begin_short_backtrace'],
  ['_ZN42_$LT$$RF$T$u20$as$u20$core..fmt..Debug$GT$3fmt17h1dbb01c49f29b97eE.llvm.123', '<&T as core::fmt::Debug>::fmt'],
])('%s', (mangled, printed) => {
  expect(readableName(mangled)).toBe(printed);
});

const listed = ['names-cpp', 'names-rust'].flatMap((list) =>
  readFileSync(new URL(`./fixtures/${list}.txt`, import.meta.url), 'utf8').trimEnd().split('\n').map((line) => line.split('\t')));

test('the names of a C++ and a Rust program that has all kinds of them are those that binutils print', () => {
  expect(listed.length).toBeGreaterThan(350);
  expect(listed.map(([mangled]) => [mangled, readableName(mangled)])).toEqual(listed);
});

test.each([
  ['_ZN2ns3BoxIlLi3EEpmEi.isra.0', 'ns::Box<long, 3>::operator->*'],
  ['_ZNK3Cmp4sortEv.cold', 'Cmp::sort'],
  ['_Znwm@plt', 'operator new@plt'],
  ['_ZNSsC1Ev', 'std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string'],
  ['_Z1fSs', 'f'],
  ['_ZN1fIJEiJEE1gEv', 'f<, int>::g'],
  ['_ZZN1A1gEvEd0_NKUlvE_clEv', 'A::g()::{default arg#2}::{lambda()#1}::operator() const'],
  // Lengths are in bytes.
  ['_ZN6größ1fEv', 'größ::f'],
  ['_RNvC1a3foo.llvm.12', 'a::foo'],
  ['_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y', 'utf8_idents::საჭმელად_გემრიელი_სადილი'],
])('%s is %s', (mangled, printed) => {
  expect(readableName(mangled)).toBe(printed);
});

test('what is not understood stays as it is', () => {
  for (const name of ['main.main', '_ZN', '_Z', '_R', '_ZN4main', '_ZN1l99999inner17h8ef7f26ba5edd083E', '_Z1fIiT_E', '_ZN1ADxEv', '_ZS_', '_Zq', '_RB_', '_RNvB_1a', '_RNvC1au3___', '_Z\uffff']) {
    expect(readableName(name)).toBe(name);
  }
});

/** `count` types, each of two of the one before. */
function doubled(first: string, count: number): string {
  const types = Array.from({length: count}, (_, i) => `S_IS${i.toString(36).toUpperCase()}_S${i.toString(36).toUpperCase()}_E`);
  return `_Z1fI1AI${first}E${types.join('')}Evv`;
}

test('names that are made to grow without end, or to be deep, stay as they are', () => {
  expect(readableName(doubled('ii', 3))).not.toBe(doubled('ii', 3));
  for (const name of [
    doubled('ii', 24), doubled('ii', 300), doubled('JEJE', 300), `_Z1fI${'P'.repeat(30_000)}iEvv`, '_ZN'.repeat(9000), `_Z1fIX${'ad'.repeat(15_000)}E`, `_R${'Nv'.repeat(15_000)}`,
    `_RIC1a${Array.from({length: 40}, (_, i) => (i === 0 ? 'TyyE' : 'TB5_B5_E')).join('')}${'TB7_B7_B7_B7_E'.repeat(40)}`, `_Z${'9'.repeat(400)}a`,
  ]) expect(readableName(name)).toBe(name);
});

test('names that are changed anywhere are answered, by no more than their length explains', () => {
  const pieces = ['S_', 'S0_', 'S1_', 'T_', 'I', 'E', 'J', 'Dp', 'N', 'Z', 'L', 'X', 'R', 'P', 'F', '1a', 'B_', 'C', 'Ul', '_', 'cv', '9', 'v', 'K'];
  const place = fc.tuple(fc.nat(listed.length - 1), fc.double({min: 0, max: 1, noNaN: true}), fc.nat(3), fc.array(fc.constantFrom(...pieces), {maxLength: 8}));
  fc.assert(fc.property(place, ([row, at, gone, put]) => {
    const [name] = listed[row];
    const from = Math.floor(2 + at * (name.length - 2));
    const changed = name.slice(0, from) + put.join('') + name.slice(from + gone);
    expect(readableName(changed).length).toBeLessThan(8 * (4096 + 64 * changed.length));
  }), {numRuns: 3000});
});

test('any text is answered', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('_ZN', '_R', '3foo', '17h8ef7f26ba5edd083', 'E', '$u', '20$', '$LT$', '..', '9', 'x')), (parts) => {
    expect(typeof readableName(parts.join(''))).toBe('string');
  }));
});
