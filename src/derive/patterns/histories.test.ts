/** What happened to each goroutine's stack in a range: all that happened to it, cut to the range. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {arbitraryGoTrace} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {noFilter} from '../filter/shape.ts';
import {histories} from './histories.ts';

const cut = fc.integer({min: 0, max: 1500});

test('a range holds just the changes in it, each with its goroutine, in time order, and no goroutine without any', () => {
  fc.assert(fc.property(arbitraryGoTrace, cut, cut, (trace, a, b) => {
    const range = {fromNs: Math.min(a, b), toNs: Math.max(a, b)};
    const session = sessionOf([trace]);
    const [group] = session.axis.groups;
    const [best] = session.countable(group);
    if (!best) return;
    const counted = session.countedChanges(best);
    // Asked of all first: what is kept from then on must not tell in the answer.
    const whole = histories(session, counted, {range: null, filter: noFilter});
    const found = histories(session, counted, {range, filter: noFilter});
    expect(found.flatMap(({goroutineId, changes}) => changes.map(({timeNs}) => `${goroutineId} ${timeNs}`)).sort()).toEqual(
      [...counted.timeNs.keys()].filter((i) => counted.timeNs[i] >= range.fromNs && counted.timeNs[i] <= range.toNs).map((i) => `${counted.goroutineId[i]} ${counted.timeNs[i]}`).sort(),
    );
    for (const {changes} of found) {
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.map(({timeNs}) => timeNs)).toEqual(changes.map(({timeNs}) => timeNs).toSorted((x, y) => x - y));
    }
    expect(histories(session, counted, {range: null, filter: noFilter})).toEqual(whole);
  }));
});
