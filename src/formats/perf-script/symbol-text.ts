/** `symbol (dso)` as text, parted: both may hold spaces and parentheses. */

/**
 * Parts `symbol (dso)`; `tail` begins with the space. A DSO is nearly always a path or in brackets. What follows the
 * first ` (/` or ` ([` is the DSO, else the last ` (…)` unless it reads like C++ arguments, else there is none.
 */
export function splitSymbol(line: string): {symbol: string; tail: string} {
  if (line.endsWith(' (inlined)')) {
    const {symbol, tail} = splitSymbol(line.slice(0, -' (inlined)'.length));
    return {symbol, tail: `${tail} (inlined)`};
  }
  if (!line.endsWith(')')) return {symbol: line, tail: ''};
  // Without a symbol (`-F ip,dso`) the DSO stands alone.
  if (/^\((?:\/|\[)/.test(line)) return {symbol: '', tail: ` ${line}`};
  const path = line.search(/ \([/[]/);
  const open = path >= 0 ? path : line.lastIndexOf(' (');
  if (open < 0 || (path < 0 && /[<>,*&]|::/.test(line.slice(open)))) return {symbol: line, tail: ''};
  return {symbol: line.slice(0, open), tail: line.slice(open)};
}

/** `dso+0x12ab` is how newer perf prints `-F +dsoff`: the place in the file, which is no part of the name. */
export function withDsoOffset<T extends string | null>(dso: T): {dso: T | string; offset: bigint | null} {
  const found = dso === null ? null : /^(.+)\+(0x[0-9a-f]{1,16})$/.exec(dso);
  return found ? {dso: found[1], offset: BigInt(found[2])} : {dso, offset: null};
}
