/**
 * The addresses of one object file of a trace, looked up: for each of its frames without a name, and each role in which it stands in chains, the
 * frames that it becomes, outermost first.
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {GrowableTable} from '../../base/columns/table.ts';
import {AddressKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {locator} from '../place.ts';
import {bestFit, fileAddress, printedReadings, type Fit, type Reading} from '../reading.ts';
import type {Place, Symbols} from '../shape.ts';
import {Role} from './roles.ts';

/** Frames that become others: those of row `row` of UNRESOLVED in a role are rows `first … first + count - 1` of CHAINS. */
export const LOOKUPS = {row: Int32Array, role: Uint8Array, first: Int32Array, count: Int32Array} as const;
export const CHAINS = {frame: Int32Array} as const;

/** A share of callers below this, of at least so many, is not this binary's. */
const LEAST_SHARE = 0.5;
const CALLERS_JUDGED = 8;

/** The rows of UNRESOLVED of one file, each with the roles of its frame. */
export interface Addresses {
  readonly rows: readonly number[];
  readonly roles: Uint8Array;
  /** All addresses of UNRESOLVED as numbers, counted from `base`. */
  from(base: bigint): Float64Array;
}

/** How well a file of symbols fits to the addresses; the readings that go with it, by `AddressKind`. */
export interface Fitted {
  readonly symbols: Symbols;
  readonly readings: readonly Reading[];
  readonly fits: number;
  readonly of: number;
  /** Whether so few addresses are where code can stand that this is another build. */
  readonly isOther: boolean;
}

/** How the addresses are to be read in this file, and whether they are of it. `mapped`: where it lay in memory, by the capture. */
export function fitted(trace: Trace, {rows, roles, from}: Addresses, symbols: Symbols, mapped: readonly Reading[]): Fitted {
  const readings: Reading[] = [];
  const numbers = from(symbols.base);
  let fits = 0;
  let of = 0;
  for (const kind of [AddressKind.AsPrinted, AddressKind.FileOffset, AddressKind.InMemory]) {
    const own = rows.filter((row) => trace.unresolved.kind[row] === kind);
    const found = {addresses: new Float64Array(own.length), isCaller: new Uint8Array(own.length)};
    own.forEach((row, i) => {
      found.addresses[i] = numbers[row];
      found.isCaller[i] = roles[row] === Role.Caller ? 1 : 0;
    });
    const fit: Fit = bestFit(symbols, found, readingsOf(kind));
    readings[kind] = fit.reading;
    fits += fit.fits;
    of += fit.of;

    function readingsOf(of: AddressKind): Reading[] {
      if (symbols.segments.length === 0) return [{as: 'address'}];
      if (of === AddressKind.FileOffset) return [{as: 'offset'}];
      return of === AddressKind.InMemory ? [...mapped, {as: 'address'}] : printedReadings(symbols, found, mapped);
    }
  }
  return {symbols, readings, fits, of, isOther: symbols.segments.length > 0 && of >= CALLERS_JUDGED && fits < of * LEAST_SHARE};
}

/**
 * Looks every address up, in order. `frameOf` gives the row of the frame for a place; `frames` takes them, outermost first. What no file knows has no
 * row in `into`.
 */
export function lookedUp(
  trace: Trace, {rows, roles, from}: Addresses, files: readonly Fitted[], frameOf: (place: Place) => number, into: GrowableTable<typeof LOOKUPS>, frames: GrowableTable<typeof CHAINS>,
): void {
  const first = from(files[0].symbols.base);
  const wanted = new GrowableTable({row: Int32Array, role: Uint8Array, address: Float64Array}, rows.length + 1);
  for (const row of rows) {
    for (const role of [Role.Exact, Role.Caller]) {
      if ((roles[row] & role) === 0) continue;
      const i = wanted.add();
      wanted.rows.row[i] = row;
      wanted.rows.role[i] = role;
      // In the order of the first file's addresses, so that what it worked out for a function is used for all of them.
      wanted.rows.address[i] = ownAddress(trace, files[0], first[row], row, role);
    }
  }
  const {row, role, address} = wanted.finish();
  const locators = files.map((file) => ({file, locate: locator(file.symbols)}));
  let last: readonly Place[] = [];
  for (const i of ascendingOrder(address.map((at) => (Number.isFinite(at) ? at : -1)))) {
    for (const {file, locate} of locators) {
      const own = file === files[0] ? address[i] : ownAddress(trace, file, from(file.symbols.base)[row[i]], row[i], role[i]);
      const places = Number.isNaN(own) ? [] : locate(own);
      if (places.length === 0) continue;
      const lookup = into.add();
      into.rows.row[lookup] = row[i];
      into.rows.role[lookup] = role[i];
      into.rows.count[lookup] = places.length;
      into.rows.first[lookup] = places === last ? into.rows.first[lookup - 1] : frames.length;
      if (places !== last) {
        for (let place = places.length - 1; place >= 0; place--) {
          const at = frames.add();
          frames.rows.frame[at] = frameOf(places[place]);
        }
      }
      last = places;
      break;
    }
  }
}

/** Where in a file an address of the trace (row `row` of UNRESOLVED, counted from the file's base) is: of a caller, in the call that it returns from. */
function ownAddress(trace: Trace, {symbols, readings}: Fitted, address: number, row: number, role: number): number {
  return fileAddress(symbols, readings[trace.unresolved.kind[row]], address) - (role === Role.Caller ? 1 : 0);
}

/** Addresses as numbers, counted from `base`. No bigint is made of a million of them where that is 0. */
export function addressesFrom(address: BigUint64Array, base: bigint): Float64Array {
  if (base !== 0n) return Float64Array.from(address, (value) => Number(value - base));
  const halves = new DataView(address.buffer, address.byteOffset, address.byteLength);
  const [low, high] = IS_LITTLE_ENDIAN ? [0, 4] : [4, 0];
  const numbers = new Float64Array(address.length);
  for (let row = 0; row < numbers.length; row++) {
    numbers[row] = halves.getUint32(row * 8 + high, IS_LITTLE_ENDIAN) * 2 ** 32 + halves.getUint32(row * 8 + low, IS_LITTLE_ENDIAN);
  }
  return numbers;
}

/** Of the machine that this runs on. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
