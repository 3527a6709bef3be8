/** The places of addresses: function, file and line, with the calls that were inlined there. */
import type {Place, Symbols} from './shape.ts';
import {GoPlaces} from './go/calls.ts';
import {GoFunctions} from './go/functions.ts';

/** How many functions that begin nearer are passed by to find one around an address that they end before. */
const NESTED = 8;

/**
 * Gives the places of an address (counted from `symbols.base`), innermost first; none where it is not known. Names are as they stand in the file,
 * mangled; of Go's functions that the symbol table names too, its name counts, as perf prints it. Keeps what it works out: make one for many addresses,
 * and ask in their order where you can. Addresses of one place may give the same array. Cost: two binary searches; the tables of a Go function once for all addresses in it.
 */
export function locator(symbols: Symbols): (address: number) => readonly Place[] {
  const nameOf = namer(symbols);
  const ofSymbol = (address: number): string | null => {
    const row = functionRow(symbols, address);
    return row < 0 ? null : nameOf(row);
  };
  const goPlaces = symbols.go ? new GoPlaces(new GoFunctions(symbols.go), ofSymbol) : null;
  return (address) => {
    const places = goPlaces?.at(address);
    if (places) return places;
    const name = ofSymbol(address);
    return name === null ? [] : [{name, file: null, line: -1, inlined: false}];
  };
}

/** Row of the function that `address` lies in; -1: none. */
export function functionRow({functions}: Symbols, address: number): number {
  const {start, end, length} = functions;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start[middle] <= address) low = middle + 1;
    else high = middle;
  }
  for (let row = low - 1; row >= 0 && row >= low - NESTED; row--) if (address < end[row]) return row;
  return -1;
}

/** Gives the name of a row of functions, decoded once. */
function namer({functions, nameBytes}: Symbols): (row: number) => string {
  const names = new Map<number, string>();
  return (row) => {
    let name = names.get(row);
    if (name === undefined) {
      const start = functions.nameByte[row];
      name = utf8.decode(nameBytes.subarray(start, start + functions.nameBytes[row]));
      names.set(row, name);
    }
    return name;
  };
}

const utf8 = new TextDecoder();
