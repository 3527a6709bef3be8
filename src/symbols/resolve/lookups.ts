/**
 * The addresses of one object file of a trace, looked up: for each of its frames without a name, and each role in which it stands in chains, the
 * frames that it becomes, outermost first.
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {GrowableTable} from '../../base/columns/table.ts';
import {AddressKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {locator} from '../place.ts';
import {bestFit, fileAddress, printedReadings, type Fit, type Reading} from '../reading.ts';
import type {Place, Symbols} from '../shape.ts';
import {Role} from './roles.ts';

/** Frames that become others: those of row `row` of UNRESOLVED in a role are `frames[first … first + count - 1]`. */
export const LOOKUPS = {row: Int32Array, role: Uint8Array, first: Int32Array, count: Int32Array} as const;

/** A share of callers below this, of at least so many, is not this binary's. */
const LEAST_SHARE = 0.5;
const CALLERS_JUDGED = 8;

/** The rows of UNRESOLVED of one file, each with the roles of its frame. */
export interface Addresses {
  readonly rows: readonly number[];
  readonly roles: Uint8Array;
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
export function fitted(trace: Trace, {rows, roles}: Addresses, symbols: Symbols, mapped: readonly Reading[]): Fitted {
  const readings: Reading[] = [];
  let fits = 0;
  let of = 0;
  for (const kind of [AddressKind.AsPrinted, AddressKind.FileOffset, AddressKind.InMemory]) {
    const own = rows.filter((row) => trace.unresolved.kind[row] === kind);
    const found = {addresses: new Float64Array(own.length), isCaller: new Uint8Array(own.length)};
    own.forEach((row, i) => {
      found.addresses[i] = Number(trace.unresolved.address[row] - symbols.base);
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

/** Looks every address up, in order. `frameOf` gives the row of the frame for a place. What no file knows has no row in the result. */
export function lookedUp(trace: Trace, {rows, roles}: Addresses, files: readonly Fitted[], frameOf: (place: Place) => number, into: GrowableTable<typeof LOOKUPS>, frames: number[]): void {
  const wanted: {row: number; role: number}[] = [];
  for (const row of rows) for (const role of [Role.Exact, Role.Caller]) if ((roles[row] & role) !== 0) wanted.push({row, role});
  // In the order of the first file's addresses, so that what it worked out for a function is used for all of them.
  const {symbols, readings} = files[0];
  const at = Float64Array.from(wanted, ({row, role}) => ownAddress(trace, symbols, readings, row, role));
  const order = ascendingOrder(at.map((address) => (Number.isFinite(address) ? address : -1)));
  const locators = files.map((file) => ({...file, locate: locator(file.symbols)}));
  for (const i of order) {
    const {row, role} = wanted[i];
    for (const file of locators) {
      const address = file === locators[0] ? at[i] : ownAddress(trace, file.symbols, file.readings, row, role);
      const places = Number.isNaN(address) ? [] : file.locate(address);
      if (places.length === 0) continue;
      const lookup = into.add();
      into.rows.row[lookup] = row;
      into.rows.role[lookup] = role;
      into.rows.first[lookup] = frames.length;
      into.rows.count[lookup] = places.length;
      for (let place = places.length - 1; place >= 0; place--) frames.push(frameOf(places[place]));
      break;
    }
  }
}

/** Where in a file an address of the trace is: of a caller, in the call that it returns from. */
function ownAddress(trace: Trace, symbols: Symbols, readings: readonly Reading[], row: number, role: number): number {
  const address = Number(trace.unresolved.address[row] - symbols.base);
  return fileAddress(symbols, readings[trace.unresolved.kind[row]], address) - (role === Role.Caller ? 1 : 0);
}
