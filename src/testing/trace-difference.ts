/** Whether two traces are the same to the last value, and if not, where they part. */
import type {Trace} from '../model/trace.ts';

/** The first thing in which the traces differ, as a sentence; null when they are equal in every column, fact and fault. */
export function traceDifference(a: Trace, b: Trace): string | null {
  for (const key of Object.keys(a) as (keyof Trace)[]) {
    const found = valueDifference(key, a[key], b[key]);
    if (found) return found;
  }
  return null;
}

function valueDifference(name: string, a: unknown, b: unknown): string | null {
  if (isColumn(a) && isColumn(b)) return columnDifference(name, a, b);
  if (isTable(a) && isTable(b)) {
    for (const column of Object.keys(a)) {
      const found = valueDifference(`${name}.${column}`, a[column], b[column]);
      if (found) return found;
    }
    return null;
  }
  const [asText, otherAsText] = [plain(a), plain(b)];
  return asText === otherAsText ? null : `${name}: ${asText} and ${otherAsText}`;
}

function columnDifference(name: string, a: Column, b: Column): string | null {
  if (a.length !== b.length) return `${name} has ${a.length} and ${b.length} values`;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return `${name}[${i}] is ${a[i]} and ${b[i]}`;
  return null;
}

type Column = {readonly length: number; readonly [index: number]: number | bigint};

function isColumn(value: unknown): value is Column {
  return ArrayBuffer.isView(value);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).some(isColumn);
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : Number.isNaN(part) ? 'NaN' : part)) ?? 'nothing';
}
