/** Names of Rust's functions, as perf 6.1 printed them of the same symbols. */
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

test('names of others stay as they are', () => {
  for (const name of ['main.main', '_ZN2ns3BoxIlLi3EEpmEi.isra.0', '_ZN3std3fooEv', '_RNvC1a3foo', '_ZN', '_ZN4main', '_ZN17h8ef7f26ba5edd083E', '_ZN1l99999inner17h8ef7f26ba5edd083E']) {
    expect(readableName(name)).toBe(name);
  }
});

test('any text is answered', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('_ZN', '3foo', '17h8ef7f26ba5edd083', 'E', '$u', '20$', '$LT$', '..', '9', 'x')), (parts) => {
    expect(typeof readableName(parts.join(''))).toBe('string');
  }));
});
