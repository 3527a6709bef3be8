/** Arrows from and to one goroutine: every cause that the trace recorded, once. */
import {expect, test} from 'vitest';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {links} from './build.ts';
import type {Link, LinksQuestion} from './shape.ts';

const open = sessionOf([goTraceFromText(`
                 0us     10us          20us    30us  40us          45us    50us         60us          70us
  G1 main.main   run M7
  G5 main.work           ready by G1   run M8  wait  ready by G1   run M8  wait                       ready by G6
  G6 main.side   wait                                                      ready by G5  run M9
  G7 main.side                                       ready by G5
`)]);
const QUESTION: LinksQuestion = {group: 1, source: 1, goroutine: 1, fromNs: 0, toNs: 100_000, most: 99};
const told = ({kind, timeNs, from, to}: Link) => `${timeNs / 1000} ${kind} G${from.id}→G${to.id}`;
const ask = (asked: Partial<LinksQuestion> = {}) => {
  const answer = links.answer(open, {...QUESTION, ...asked})!;
  return {...answer, links: answer.links.map(told)};
};

test('there is an arrow from its creator, from each that unblocked it, and to each that it created or unblocked, by time', () => {
  expect(ask()).toEqual({links: ['10 create G1→G5', '40 create G5→G7', '40 unblock G1→G5', '50 unblock G5→G6', '70 unblock G6→G5'], more: 0});
});

test('only those in the window', () => {
  expect(ask({fromNs: 41_000, toNs: 50_000}).links).toEqual(['50 unblock G5→G6']);
});

test('of too many its birth comes first, then what ended the longest waits; the rest is counted', () => {
  expect(ask({most: 3})).toEqual({links: ['10 create G1→G5', '40 create G5→G7', '50 unblock G5→G6'], more: 2});
  expect(ask({most: 0})).toEqual({links: [], more: 5});
});

test('who is not there has no arrows', () => {
  expect(links.answer(open, {...QUESTION, source: 9})).toBeNull();
  expect(links.answer(open, {...QUESTION, goroutine: 9})).toBeNull();
});
