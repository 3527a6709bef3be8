/** What the flame graph shows, as texts of the address: functions, changes of the tree, keys of the legend. */
import type {FunctionRef, Transform} from '../../derive/call-tree/shape.ts';
import {functionColumns, type FunctionColumn} from '../../derive/functions/shape.ts';
import type {Codec, Files} from './codec.ts';
import {path} from './path.ts';

/** A function is a path of one step: kind and name. */
export const functionRef: Codec<FunctionRef> = {
  write: ({name, kind}, files) => path.write([{name, kind}], files),
  read: (written, files) => {
    const steps = path.read(written, files);
    if (!Array.isArray(steps) || steps.length !== 1) return undefined;
    const [{name, kind}] = steps as [{readonly name: string | null; readonly kind: number}];
    return name === null || name === '' ? undefined : {name, kind};
  },
};

const LETTERS = {focus: 'f', hide: 'h', merge: 'm'} as const;
const COLLAPSE = 'r';

/** Changes of the tree in their order: a letter and the function of each. */
export const transforms: Codec<readonly Transform[]> = {
  write: (given, files) => {
    const parts = given.map((transform) => (transform.kind === 'collapse-recursion' ? COLLAPSE : LETTERS[transform.kind] + (functionRef.write(transform.function, files) ?? '')));
    return parts.join(';');
  },
  read: (written, files) => {
    const found: Transform[] = [];
    if (written === '') return found;
    for (const part of written.split(';')) {
      const transform = transformOf(part, files);
      if (!transform) return undefined;
      found.push(transform);
    }
    return found;
  },
};

function transformOf(part: string, files: Files): Transform | undefined {
  if (part === COLLAPSE) return {kind: 'collapse-recursion'};
  const kind = (Object.keys(LETTERS) as (keyof typeof LETTERS)[]).find((known) => LETTERS[known] === part[0]);
  const of = functionRef.read(part.slice(1), files);
  return kind && typeof of === 'object' ? {kind, function: of} : undefined;
}

/** Keys beyond these are not held. */
const KEYS = 40;

/** A list of texts. */
export const keys: Codec<readonly string[]> = {
  write: (given) => (given.length > KEYS ? null : given.map((key) => key.replaceAll('~', '~0').replaceAll(';', '~1')).join(';')),
  read: (written) => {
    const parts = written === '' ? [] : written.split(';');
    return parts.length > KEYS || parts.some((part) => /~(?![01])/.test(part)) ? undefined : parts.map((part) => part.replaceAll('~1', ';').replaceAll('~0', '~'));
  },
};

export const functionSort: Codec<{readonly by: FunctionColumn; readonly descending: boolean}> = {
  write: ({by, descending}) => `${by}.${descending ? 'd' : 'a'}`,
  read: (written) => {
    const [by, order, ...rest] = written.split('.');
    const column = functionColumns.find((known) => known === by);
    return column && rest.length === 0 && (order === 'd' || order === 'a') ? {by: column, descending: order === 'd'} : undefined;
  },
};
