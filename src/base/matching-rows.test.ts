/** Search by a part of a name. */
import {expect, test} from 'vitest';
import {matchingRows} from './matching-rows.ts';

test('a name matches that holds the text, which is no pattern; case counts unless it is ignored', () => {
  const names = ['main.F', 'main.f', 'x(*y)'];
  expect([...matchingRows(names, 'n.f', false)!]).toEqual([0, 1, 0]);
  expect([...matchingRows(names, 'N.F', true)!]).toEqual([1, 1, 0]);
  expect([...matchingRows(names, '(*', false)!]).toEqual([0, 0, 1]);
  expect([...matchingRows(names, '.*', false)!]).toEqual([0, 0, 0]);
  expect(matchingRows(names, '', false)).toBeNull();
});
