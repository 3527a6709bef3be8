/**
 * Which argument of a probe is what. People name them as they like, so first by the names that are usual, then by what the values are:
 *
 *   a=0xc0000ed520 b=4096 c=0xc0000f0800 d=0xc0000f1000 e=0xc0000f0b80 f=87
 *   gp             newsize lo            hi             sp, lo < sp ≤ hi  goid: small, the same for each gp
 */
import {ProbeOn, type ProbeRole} from './probe-shape.ts';

/** The values of one argument, one for each sample of the event; NaN where it has none. */
export interface ArgumentColumn {
  readonly key: string;
  readonly values: readonly number[];
}

export type Roles = Partial<Record<ProbeRole, ArgumentColumn>>;

const NAMES: Readonly<Record<ProbeRole, RegExp>> = {
  newBytes: /^(?:newsize|new_size|newbytes|size|new)$/,
  lo: /^(?:lo|stack_?lo|old_?lo)$/,
  hi: /^(?:hi|stack_?hi|old_?hi)$/,
  sp: /^(?:gsp|sp|usp|sched_?sp)$/,
  goid: /^(?:goid|gid|id)$/,
  gp: /^(?:gp|g)$/,
  caller: /^(?:caller1?|fpc|pc|caller_?pc)$/,
  callerOfCaller: /^(?:caller_?2|cpc|pc2|caller_?of_?caller)$/,
};

/** What a probe on a function can tell. */
const TOLD: Readonly<Record<ProbeOn, readonly ProbeRole[]>> = {
  [ProbeOn.None]: [],
  [ProbeOn.Morestack]: ['gp', 'sp', 'caller', 'callerOfCaller', 'goid', 'lo', 'hi'],
  [ProbeOn.Newstack]: [],
  [ProbeOn.Copystack]: ['newBytes', 'gp', 'lo', 'hi', 'sp', 'goid'],
  [ProbeOn.Shrinkstack]: ['gp', 'lo', 'hi', 'sp', 'goid'],
  [ProbeOn.Gopreempt]: ['gp', 'lo', 'hi', 'sp', 'goid'],
  [ProbeOn.Stackfree]: ['lo', 'hi'],
  [ProbeOn.Execute]: ['gp', 'lo', 'hi', 'sp', 'goid'],
};

/** No goroutine has a stack of less, nor one of more on 64 bits. */
export const LEAST_STACK = 2048;
const MOST_STACK = 2 ** 30;
const LEAST_ADDRESS = 2 ** 16;
const MOST_GOID = 2 ** 32;
/** A caller's code lies no further from the probe than the text of a binary is long. */
const MOST_TEXT = 2 ** 31;

/** Whether these arguments are those of copystack, whatever the event is called: a size that only stacks have, and the address of a g. */
export function areOfCopystack(columns: readonly ArgumentColumn[]): boolean {
  const size = columns.find((column) => all(column, isStackSize));
  return size !== undefined && columns.some((column) => column !== size && all(column, isAddress));
}

/** The roles of a probe's arguments. `probeAt`: the address of the probe, NaN not known. Cost: linear in the values, times the few arguments squared. */
export function rolesOf(on: ProbeOn, columns: readonly ArgumentColumn[], probeAt: number): Roles {
  const roles: Roles = {};
  const told = new Set(TOLD[on]);
  const left = new Set(columns);
  const take = (role: ProbeRole, column: ArgumentColumn | undefined) => {
    if (!column || !told.has(role) || roles[role]) return;
    roles[role] = column;
    left.delete(column);
  };
  for (const role of told) take(role, columns.find((column) => NAMES[role].test(column.key)));
  // Read at another version's offset it is any number: no two goroutines have one, and none has 0.
  if (roles.goid && !areGoids(roles.goid, roles.gp)) delete roles.goid;
  const rest = () => [...left];
  if (on === ProbeOn.Morestack && !Number.isNaN(probeAt)) {
    for (const role of ['caller', 'callerOfCaller'] as const) take(role, rest().find((column) => all(column, (value) => isAddress(value) && Math.abs(value - probeAt) < MOST_TEXT)));
  }
  take('newBytes', rest().find((column) => all(column, isStackSize)));
  if (!roles.lo && !roles.hi) {
    const addresses = rest().filter((column) => all(column, isAddress));
    const pair = addresses.flatMap((lo) => addresses.map((hi) => ({lo, hi}))).find(({lo, hi}) => lo.values.every((value, i) => isStackSize(hi.values[i] - value)));
    take('lo', pair?.lo);
    take('hi', pair?.hi);
  }
  const {lo, hi} = roles;
  if (lo && hi) take('sp', rest().find((column) => all(column, (value, i) => value > lo.values[i] && value <= hi.values[i])));
  // Of two addresses g is the one that recurs more: a stack pointer moves.
  const [gp] = rest().filter((column) => all(column, (value) => isAddress(value) && value % 8 === 0)).sort((a, b) => new Set(a.values).size - new Set(b.values).size);
  take('gp', gp);
  if (on === ProbeOn.Morestack) take('sp', rest().find((column) => all(column, isAddress)));
  take('goid', rest().find((column) => all(column, (value) => value >= 1) && areGoids(column, roles.gp) && isSteady(column, roles.gp)));
  return roles;
}

function all({values}: ArgumentColumn, is: (value: number, i: number) => boolean): boolean {
  return values.every((value, i) => is(value, i));
}

function isStackSize(value: number): boolean {
  return value >= LEAST_STACK && value <= MOST_STACK && Number.isInteger(Math.log2(value));
}

function isAddress(value: number): boolean {
  return value >= LEAST_ADDRESS;
}

/** Each g has a goroutine at least. */
function areGoids({values}: ArgumentColumn, gp: ArgumentColumn | undefined): boolean {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.every((value) => value >= 1 && value < MOST_GOID) && (!gp || new Set(known).size >= new Set(gp.values).size);
}

/** A g is given to another goroutine after its own ended, so its number changes now and then; an argument that is something else changes all the time. */
function isSteady({values}: ArgumentColumn, gp: ArgumentColumn | undefined): boolean {
  if (!gp) return true;
  const last = new Map<number, number>();
  let changes = 0;
  values.forEach((value, i) => {
    const before = last.get(gp.values[i]);
    if (before !== undefined && before !== value) changes++;
    last.set(gp.values[i], value);
  });
  return changes * 2 <= values.length;
}
