/**
 * The kernel's description of one tracepoint: where its fields lie in the raw data, and how they are printed.
 *
 *   name: task_newtask
 *   ID: 205
 *   format:
 *   	field:pid_t pid;	offset:8;	size:4;	signed:1;
 *   print fmt: "pid=%d comm=%s", REC->pid, REC->comm
 */

export interface EventField {
  readonly name: string;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly signed: boolean;
  /** Of characters: printed as text up to a NUL. */
  readonly isText: boolean;
  /** Bytes of an element of an array; 0: it is none. */
  readonly elementBytes: number;
  /** Its 32 bits say where in the raw data the value lies (low half) and how long it is (high half); `relative`: counted from its own end. */
  readonly dynamic: 'no' | 'absolute' | 'relative';
  /** `long` or a pointer: printed in hexadecimal where the kernel does not say how. */
  readonly isLong: boolean;
}

export interface EventFormat {
  readonly id: number;
  readonly system: string;
  readonly name: string;
  /** Without those that all tracepoints begin with. */
  readonly fields: ReadonlyMap<string, EventField>;
  /** What stands after `print fmt: `. */
  readonly print: string;
}

const FIELD = /^\tfield:(.*?);\toffset:(\d+);\tsize:(\d+);(?:\tsigned:([01]);)?/gm;

/** Reads a description; null when it is none. */
export function eventFormat(system: string, text: string): EventFormat | null {
  const name = /^name: (\S+)/m.exec(text)?.[1];
  const id = /^ID: (\d+)/m.exec(text)?.[1];
  if (name === undefined || id === undefined) return null;
  const fields = new Map<string, EventField>();
  for (const [, declaration, offset, size, signed] of text.matchAll(FIELD)) {
    const field = eventField(declaration, Number(offset), Number(size), signed === '1');
    if (field && !field.name.startsWith('common_')) fields.set(field.name, field);
  }
  return {id: Number(id), system, name, fields, print: /^print fmt: (.*)$/ms.exec(text)?.[1].trimEnd() ?? ''};
}

/** `unsigned long addr`, `char comm[16]`, `__data_loc char[] name`. */
function eventField(declaration: string, offset: number, sizeBytes: number, signed: boolean): EventField | null {
  const parts = /^(__data_loc |__rel_loc )?(.*?)(\w+)(\[[^\]]*\])?$/.exec(declaration);
  if (!parts) return null;
  const [, location, type, name, after] = parts;
  const dynamic = location === undefined ? 'no' : location.startsWith('__rel') ? 'relative' : 'absolute';
  const isArray = after !== undefined || type.includes('[') || dynamic !== 'no';
  const base = type.replace(/\[.*$/, '').replaceAll('const ', '').trim();
  const isText = isArray && /^(?:unsigned |signed )?char$/.test(base) && !base.startsWith('unsigned');
  const length = Number(/\d+/.exec(after ?? '')?.[0] ?? 0);
  return {
    name, offset, sizeBytes, signed, isText, dynamic,
    elementBytes: !isArray ? 0 : length > 0 && dynamic === 'no' ? Math.max(1, Math.floor(sizeBytes / length)) : elementBytes(base),
    isLong: /\blong\b/.test(base) || base.endsWith('*'),
  };
}

function elementBytes(base: string): number {
  if (/\blong\b|64|\*/.test(base)) return 8;
  if (/\bshort\b|16/.test(base)) return 2;
  return /\bchar\b|8/.test(base) ? 1 : 4;
}
