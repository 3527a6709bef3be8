/** Grouping states by owner against filtering them. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {GrowableTable} from '../base/columns/table.ts';
import {groupStates, procOwner, RECORDED_STATES} from './states.ts';
import {GOROUTINES, PROCS} from './tables.ts';

test('each owner gets its own states in the order in which they were recorded, goroutines first, and none is lost', () => {
  const owners = fc.tuple(fc.integer({min: 0, max: 5}), fc.integer({min: 0, max: 4})).chain(([goroutines, procs]) =>
    fc.record({
      goroutines: fc.constant(goroutines),
      procs: fc.constant(procs),
      owners: goroutines + procs === 0 ? fc.constant<number[]>([]) : fc.array(fc.integer({min: -procs, max: goroutines - 1}), {maxLength: 80}),
    }));
  fc.assert(fc.property(owners, ({goroutines, procs, owners: list}) => {
    const recorded = new GrowableTable(RECORDED_STATES);
    for (const [i, owner] of list.entries()) {
      const row = recorded.add();
      recorded.rows.startNs[row] = i;
      recorded.rows.owner[row] = owner;
      for (const column of ['thread', 'proc', 'reason', 'stack', 'by', 'state'] as const) recorded.rows[column][row] = i;
    }
    const [goroutineTable, procTable] = [new GrowableTable(GOROUTINES), new GrowableTable(PROCS)];
    for (let i = 0; i < goroutines; i++) goroutineTable.add();
    for (let i = 0; i < procs; i++) procTable.add();
    const grouped = groupStates(recorded, goroutineTable.finish(), procTable.finish());
    const statesOf = (owner: number) => list.flatMap((each, i) => (each === owner ? [i] : []));
    const found = (table: {firstState: Int32Array; stateCount: Int32Array}, row: number) =>
      [...grouped.states.startNs.subarray(table.firstState[row], table.firstState[row] + table.stateCount[row])];
    for (let row = 0; row < goroutines; row++) expect(found(grouped.goroutines, row)).toEqual(statesOf(row));
    for (let row = 0; row < procs; row++) expect(found(grouped.procs, row)).toEqual(statesOf(procOwner(row)));
    expect(grouped.states.length).toBe(list.length);
    for (const column of ['thread', 'proc', 'reason', 'stack', 'by', 'state'] as const) expect([...grouped.states[column]]).toEqual([...grouped.states.startNs]);
  }));
});
