/**
 * What is written on a frame of so many letters. A name that is too long loses its package first, then its receiver, and only then the
 * end of the function's own name: `http.(*conn).serve` → `(*conn).serve` → `serve` → `ser…`. One of C++ or Rust loses its arguments first, then its scopes.
 */
import {isScoped, scopeEnds, shorterForms} from './scoped-name.ts';

export interface FrameLabel {
  /** Stands before the name and is never cut off: `▲`, `↻`, `↳`; empty: none. */
  readonly sign: string;
  readonly name: string;
  /** Stands after the name: `× 37`; empty: none. */
  readonly suffix: string;
}

/** Of a frame whose calls were all inlined into their callers. */
export const INLINED_SIGN = '↳';

/** Below this many letters a name says nothing. */
const LEAST_LETTERS = 3;

/** The whole label in one line. */
export function wholeLabel({sign, name, suffix}: FrameLabel): string {
  return [sign, name, suffix].filter((part) => part !== '').join(' ');
}

/** As much of a label as fits in `letters`; never longer. Without room for a few letters of the name the sign alone, or nothing. */
export function fittedLabel(label: FrameLabel, letters: number): string {
  const whole = wholeLabel(label);
  if (whole.length <= letters) return whole;
  const sign = label.sign === '' ? '' : `${label.sign} `;
  const suffix = label.suffix === '' ? '' : ` ${label.suffix}`;
  const room = letters - sign.length - suffix.length;
  if (room >= LEAST_LETTERS) return `${sign}${shortened(label.name, room)}${suffix}`;
  if (suffix !== '') return fittedLabel({...label, suffix: ''}, letters);
  return label.sign.length <= letters ? label.sign : '';
}

function shortened(name: string, letters: number): string {
  const left = (isScoped(name) ? fittingForm(name, letters) : null) ?? name.slice(droppedLetters(name, letters));
  return left.length <= letters ? left : `${left.slice(0, letters - 1)}…`;
}

/** The longest form that fits, else the shortest. */
function fittingForm(name: string, letters: number): string | null {
  const forms = shorterForms(name);
  return name.length <= letters ? name : (forms.find(({length}) => length <= letters) ?? forms.at(-1) ?? null);
}

/** How many letters of a name go so that the rest may fit: those of its package, or of package and receiver, or of its scopes; 0: it fits, or has none. */
export function droppedLetters(name: string, letters: number): number {
  if (name.length <= letters) return 0;
  if (isScoped(name)) {
    const ends = scopeEnds(name);
    return ends.find((end) => name.length - end <= letters) ?? ends.at(-1) ?? 0;
  }
  const end = packageEnd(name);
  return name.length - end <= letters ? end : end + (RECEIVER.exec(name.slice(end))?.[0].length ?? 0);
}

/** `(*conn).` before a method. */
const RECEIVER = /^\([^)]*\)\./;

/** Where the name of a function begins after its package; 0 where it has none. Receivers and type arguments may hold paths of their own. */
function packageEnd(name: string): number {
  const bracket = name.search(/[([ ]/);
  const head = bracket < 0 ? name : name.slice(0, bracket);
  return head.indexOf('.', head.lastIndexOf('/') + 1) + 1;
}
