/** Shorter forms of the names of C++ and Rust: what tells functions apart stays longest. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {droppedLetters, fittedLabel} from './label.ts';
import {scopeEnds, shorterForms} from './scoped-name.ts';

test.each([
  ['std::vector<long, std::allocator<long> >::push_back', 'std::vector<…>::push_back', 'vector<…>::push_back', 'push_back'],
  ['std::__introsort_loop<std::pair<int, long>*, long>', 'std::__introsort_loop<…>', '__introsort_loop<…>'],
  ['<r::inner::A<u32> as r::inner::Work<u8>>::work', '<A<…> as Work<…>>::work', 'work'],
  ['<&mut r::A as r::Work>::work::{closure#0}', '<&mut A as Work>::work::{closure#0}', 'work::{closure#0}'],
  ['<r::C<7, true, \'z\'>>::go', '<C<…>>::go', 'go'],
  ['r::run::<r::main::{closure#1}, (u8, &str)>', 'r::run::<…>', 'run::<…>'],
  ['main::{lambda(std::string, int)#2}::operator()', 'main::{lambda(…)#2}::operator()'],
  ['ns::f(int, char)::{lambda()#1}::operator()', 'ns::f(…)::{lambda()#1}::operator()', 'f(…)::{lambda()#1}::operator()'],
  ['ns::Box<long, 3>::operator->*', 'ns::Box<…>::operator->*', 'Box<…>::operator->*', 'operator->*'],
  ['ns::operator<< <char>', 'ns::operator<< <…>', 'operator<< <…>'],
  ['ns::(anonymous namespace)::tell<int>', 'ns::(anonymous namespace)::tell<…>', '(anonymous namespace)::tell<…>', 'tell<…>'],
  ['r::call::<fn(u8) -> r::A>', 'r::call::<…>', 'call::<…>'],
])('%s', (name, ...shorter) => {
  expect(shorterForms(name)).toEqual(shorter);
});

test('the longest form that fits is shown, and of the shortest its beginning', () => {
  const label = {sign: '', name: 'std::vector<long, std::allocator<long> >::push_back', suffix: ''};
  expect([60, 50, 24, 12, 6].map((letters) => fittedLabel(label, letters))).toEqual([
    'std::vector<long, std::allocator<long> >::push_back', 'std::vector<…>::push_back', 'vector<…>::push_back', 'push_back', 'push_…',
  ]);
});

test('letters that go from the beginning alone are those of scopes', () => {
  const of = (name: string, letters: number) => name.slice(droppedLetters(name, letters));
  expect([40, 20, 6].map((letters) => of('ns::inner::Box<a::b, 3>::get', letters))).toEqual(['ns::inner::Box<a::b, 3>::get', 'Box<a::b, 3>::get', 'get']);
});

test('forms of any text grow shorter, and end as it does', () => {
  const piece = fc.constantFrom('a', '::', '<', '>', '(', ')', '{', '}', ' as ', 'operator', '->', '&', '{lambda(', ')#1}', '…');
  fc.assert(fc.property(fc.array(piece, {maxLength: 24}), (pieces) => {
    const name = pieces.join('');
    for (const end of scopeEnds(name)) expect(name.slice(end - 2, end)).toBe('::');
    for (const form of shorterForms(name)) expect(form.length).toBeLessThanOrEqual(name.length + 2);
  }));
});

test.each([
  ['of many scopes', `${'a::'.repeat(1300)}f`, 32, 'f'],
  ['of many pairs of brackets', `x::${'a<b>'.repeat(1000)}`, 2, 'a<…>'.repeat(1000)],
])('a name %s has no more forms than are ever shown, the last of them its own name', (_, name, most, own) => {
  const forms = shorterForms(name);
  expect(forms.length).toBeLessThanOrEqual(most);
  expect(forms.at(-1)).toBe(own);
});

test('of types in types in types, deeper than people write, the whole is shortened at once', () => {
  const depth = 1000;
  const [form] = shorterForms(`${'<'.repeat(depth)}a::b${'>'.repeat(depth)}::run`);
  expect(form).toMatch(/^<{9}…>{9}::run$/);
});
