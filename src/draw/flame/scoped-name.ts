/**
 * Names of C++ and Rust, whose scopes stand before `::` → the forms that they are shown in where there is less room, longest first: without arguments,
 * then without one scope after the other. What has no name of its own (a closure, `operator()`) keeps the name that it stands in.
 *
 *   std::vector<long, std::allocator<long> >::push_back      std::vector<…>::push_back      vector<…>::push_back      push_back
 *   <r::A<u32> as r::Work>::work      <A<…> as Work>::work      work
 *   main::{lambda(int)#1}::operator()      main::{lambda(…)#1}::operator()
 */

/** Forms are asked for at every drawing; names are few beside that. */
const MOST_KEPT = 5000;
const kept = new Map<string, readonly string[]>();

/** No box has room for more; names that are longer lose their end. */
const LONGEST = 4096;

/** Of more only the forms without most of them are kept. */
const MOST_SCOPES = 32;

export function isScoped(name: string): boolean {
  return name.length <= LONGEST && name.includes('::');
}

/** The shorter forms of a name with scopes. Cost: once, a few times its length. */
export function shorterForms(name: string): readonly string[] {
  let forms = kept.get(name);
  if (!forms) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, (forms = formsOf(name)));
  }
  return forms;
}

/** Where in a name the rest without one, two … scopes begins; the last is where its own name does. */
export function scopeEnds(name: string): number[] {
  const parts = partsOf(name);
  const last = parts.findLastIndex((start, i) => !/^(?:[{<]|operator\(\)(?!\w))/.test(name.slice(start, parts[i + 1])));
  return parts.slice(1, Math.max(1, last + 1));
}

function formsOf(name: string): string[] {
  const bare = withoutArguments(name);
  const forms = bare === name ? [] : [bare];
  return [...forms, ...scopeEnds(bare).slice(-MOST_SCOPES).map((end) => bare.slice(end))];
}

/** Where its parts begin. */
function partsOf(name: string): number[] {
  const parts = [0];
  walk(name, (at, depth) => {
    if (depth === 0 && name.startsWith('::', at)) parts.push(at + 2);
  });
  return parts;
}

/** `…` for what stands in brackets, save for the types of `<A as B>`, which lose their scopes: of those as many as people write, `left`. */
function withoutArguments(name: string, left = MOST_HEADS): string {
  const head = name.startsWith('<') && left > 0 ? closingAt(name, 0) : -1;
  if (head > 0) return `<${splitAs(name.slice(1, head)).map((type) => lastPart(withoutArguments(type, left - 1))).join(' as ')}>${withoutArguments(name.slice(head + 1), left - 1)}`;
  let bare = '';
  let from = 0;
  walk(name, (at, depth, isOpening) => {
    if (depth !== 0 || !isOpening || at < from || name[at] === '{' || name.startsWith(ANONYMOUS, at)) return;
    const end = closingAt(name, at);
    if (end <= at + 1) return;
    bare += `${name.slice(from, at + 1)}…`;
    from = end;
  });
  return braced(bare + name.slice(from));
}

/** The same for the parameters of lambdas. */
function braced(name: string): string {
  return name.replaceAll(/\{lambda\(.+?\)#(\d+)\}/g, '{lambda(…)#$1}');
}

function splitAs(types: string): string[] {
  let split = -1;
  walk(types, (at, depth) => {
    if (depth === 0 && split < 0 && types.startsWith(' as ', at)) split = at;
  });
  return split < 0 ? [types] : [types.slice(0, split), types.slice(split + 4)];
}

/** `&r::A` without its scope: signs before a type stay. */
function lastPart(type: string): string {
  const sign = /^(?:&|\*|'\w+ |mut |const |dyn )*/.exec(type)?.[0] ?? '';
  return sign + type.slice(Math.max(sign.length, partsOf(type).at(-1) ?? 0));
}

/** Each is walked through as often as it lies in others. */
const MOST_HEADS = 8;
const ANONYMOUS = '(anonymous namespace)';

function closingAt(name: string, opening: number): number {
  let end = -1;
  walk(name, (at, depth, isOpening) => {
    if (at > opening && depth === 0 && !isOpening && CLOSING.has(name[at])) end = at;
    return end >= 0;
  }, opening);
  return end;
}

const OPENING = new Set('<([{');
const CLOSING = new Set('>)]}');
/** Operators whose signs are no brackets. */
const OPERATOR = /operator(?:\(\)|\[\]|->\*?|<<=?|>>=?|<=>|[<>]=?)/y;

/** Tells each place from `from` on with how deep in brackets it lies, until `seen` has seen enough; the brackets themselves lie outside of what they hold. */
function walk(name: string, seen: (at: number, depth: number, isOpening: boolean) => boolean | void, from = 0): void {
  let depth = 0;
  for (let at = from; at < name.length; at++) {
    OPERATOR.lastIndex = at;
    const operator = (at === 0 || !/\w/.test(name[at - 1])) && OPERATOR.exec(name);
    if (operator) {
      at += operator[0].length - 1;
      continue;
    }
    const char = name[at];
    const isClosing = CLOSING.has(char) && name[at - 1] !== '-';
    if (isClosing) depth = Math.max(0, depth - 1);
    if (seen(at, depth, OPENING.has(char)) === true) return;
    if (OPENING.has(char)) depth++;
  }
}
