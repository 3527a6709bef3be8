/**
 * The view as the fragment of the address, and back: `#v1&f=<files>&r=<range>&…`.
 *
 * To hold another part of the state add a line to `fields`: a key of one or two letters that no line ever had, the manner (what a change
 * means for Back, see address/fields.ts), the name in the state, a codec (address/codec.ts; write one beside it for another kind
 * of value). Where lines stand says how much they matter: when the address grows too long the last ones are left out first.
 * Values that name a source go by its place in `f`, see `rowOfSource`.
 */
import {treeRoots, treeWeights} from '../derive/call-tree/shape.ts';
import {growthColumns, growthGroupings, type GrowthColumn} from '../derive/growth-table/shape.ts';
import {alignments} from './address/alignments.ts';
import {AWAITED, flag, oneOf, orNull, range, rowOfSource, source, text, whole, type Codec, type Files} from './address/codec.ts';
import {field, type Field} from './address/fields.ts';
import {filter} from './address/filter.ts';
import {filesOfText, filesText, looksSame, viewFile, type ViewFile} from './address/file.ts';
import {functionRef, functionSort, keys, transforms} from './address/flame.ts';
import {arrangement} from './address/lanes.ts';
import {path} from './address/path.ts';
import {colorings, growthParts, pictures} from './slices/flame.ts';
import {overviewBytes} from './slices/lanes.ts';
import type {OpenSource} from './slices/session.ts';
import {timeModes} from './slices/viewport.ts';
import type {State} from './store.ts';

const sort: Codec<{readonly by: GrowthColumn; readonly descending: boolean}> = {
  write: ({by, descending}) => `${by}.${descending ? 'd' : 'a'}`,
  read: (written) => {
    const [by, order, ...rest] = written.split('.');
    const column = growthColumns.find((known) => known === by);
    return column && rest.length === 0 && (order === 'd' || order === 'a') ? {by: column, descending: order === 'd'} : undefined;
  },
};

/** The list, what matters most first. Keys are unique. */
export const fields: readonly Field[] = [
  field('al', 'step', 'alignments', alignments),
  field('a', 'step', 'group', orNull(source)),
  field('r', 'glide', 'range', orNull(range)),
  field('w', 'glide', 'window', orNull(range)),
  field('t', 'step', 'tab', text),
  field('g', 'step', 'goroutine', orNull(rowOfSource('goroutine'))),
  field('i', 'step', 'filter', filter),
  field('ep', 'step', 'isEveryProcess', flag),
  field('e', 'step', 'event', orNull(rowOfSource('event'))),
  field('c', 'step', 'growthOnly', flag),
  field('u', 'step', 'weight', oneOf(treeWeights)),
  field('m', 'step', 'picture', oneOf(pictures)),
  field('h', 'step', 'chosenFunction', orNull(functionRef)),
  field('x', 'step', 'transforms', transforms),
  field('rb', 'step', 'rootedBy', oneOf(treeRoots)),
  field('gp', 'step', 'growthPart', oneOf(growthParts)),
  field('tw', 'glide', 'timeWindow', orNull(range)),
  field('tp', 'step', 'timePer', oneOf(['thread', 'goroutine'])),
  field('tr', 'step', 'timeRow', orNull(whole)),
  field('tm', 'rest', 'timeMode', oneOf(timeModes)),
  field('ms', 'glide', 'measured', orNull(range)),
  field('l', 'rest', 'arrangement', arrangement),
  field('ob', 'rest', 'overviewBytes', oneOf(overviewBytes)),
  field('q', 'rest', 'searched', text),
  field('mc', 'rest', 'matchCase', flag),
  field('ud', 'rest', 'isUpsideDown', flag),
  field('co', 'rest', 'coloring', oneOf(colorings)),
  field('sb', 'rest', 'steppedBack', keys),
  field('fo', 'rest', 'functionSort', functionSort),
  field('fq', 'rest', 'functionSearch', text),
  field('o', 'rest', 'sort', sort),
  field('gb', 'step', 'growthBy', oneOf(growthGroupings)),
  field('gc', 'step', 'counted', orNull(source)),
  field('gs', 'rest', 'growthSearch', text),
  field('p', 'step', 'path', path),
];

/** The version that is written, and the only one there is. */
const VERSION = 'v1';
const LIMIT_CHARS = 1024;

/** The view as text. */
export interface WrittenView {
  /** The fragment without `#`; empty: there is nothing to hold. */
  readonly text: string;
  /** Texts by key, as far as they are held. */
  readonly held: ReadonlyMap<string, string>;
  /** Whether something of the view is left out. */
  readonly isShortened: boolean;
}

/** A fragment that was read. Nothing in it is trusted. */
export interface ReadView {
  readonly files: readonly ViewFile[];
  /** Texts by key. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Parts of the address that name a source are known by the files' places. */
export function filesOf(viewFiles: readonly ViewFile[], sources: readonly OpenSource[]): Files {
  const open = sources.flatMap(({id, mark}) => (mark === null ? [] : [{id, file: viewFile(mark, null)}]));
  const ids: (number | null)[] = [];
  for (const file of viewFiles) ids.push(open.find((other) => !ids.includes(other.id) && looksSame(other.file, file))?.id ?? null);
  return {placeOf: (id) => ids.indexOf(id), sourceAt: (place) => ids[place] ?? null};
}

/** `before`: what stands before the view in the fragment and counts for its length. */
export function writtenView(state: State, initial: State, before = ''): WrittenView {
  const shown = state.sources.filter(({phase}) => phase === 'open' || phase === 'reading');
  const viewFiles = shown.flatMap(({mark, name, url}) => (mark === null ? [] : [viewFile(mark, url === null ? name : null)]));
  const files = filesOf(viewFiles, shown);
  const all = fields.map((one) => ({key: one.key, ...one.write(state, initial, files)}));
  const written = all.flatMap(({key, text: value}) => (value === null ? [] : [[key, value] as const]));
  let isShortened = all.some(({isLost}) => isLost);
  let hasNames = viewFiles.length > 0;
  for (;;) {
    const held = new Map<string, string>([...(viewFiles.length > 0 ? [['f', filesText(viewFiles, hasNames)] as const] : []), ...written]);
    const made = held.size === 0 ? '' : [VERSION, ...[...held].map(([key, value]) => `${key}=${escaped(value)}`)].join('&');
    if (made === '' || before.length + made.length + 1 <= LIMIT_CHARS) return {text: made, held, isShortened};
    // Names of files only tell which ones to look for. After them go the fields, from the last.
    if (hasNames) hasNames = false;
    else if (written.pop()) isShortened = true;
    else return {text: '', held: new Map(), isShortened: true};
  }
}

/** A fragment, with or without `#`. null: it is of no version that is known, and so says nothing. */
export function readView(fragment: string): ReadView | null {
  const parts = fragment.replace(/^#/, '').slice(0, 4 * LIMIT_CHARS).split('&');
  if (!parts.includes(VERSION)) return null;
  const texts = new Map<string, string>();
  for (const part of parts) {
    const at = part.indexOf('=');
    const value = at > 0 ? unescaped(part.slice(at + 1)) : undefined;
    if (value !== undefined && !texts.has(part.slice(0, at))) texts.set(part.slice(0, at), value);
  }
  return {files: filesOfText(texts.get('f') ?? ''), texts};
}

/** The state that a view asks for: what it does not name is as it is at first. `awaited`: fields of files that are not open. */
export function stateOfView({texts}: ReadView, initial: State, files: Files): {readonly state: Partial<State>; readonly awaited: readonly Field[]} {
  const state: Partial<State> = {};
  const awaited: Field[] = [];
  for (const one of fields) {
    const written = texts.get(one.key);
    const value = written === undefined ? undefined : one.read(written, files);
    if (value === AWAITED) awaited.push(one);
    Object.assign(state, value === undefined || value === AWAITED ? one.reset(initial) : value);
  }
  return {state, awaited};
}

/** As encodeURIComponent, but what a fragment may hold stays legible. */
function escaped(value: string): string {
  // A lone half of a pair can't be encoded.
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%(?:2F|2C|3A|3B|40)/g, decodeURIComponent).replaceAll("'", '%27');
}

function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
