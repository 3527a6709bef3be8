/** JSON whose whole numbers may be beyond 2^53: a bigint is printed as the number it is. */

export type Json = null | boolean | number | bigint | string | readonly Json[] | {readonly [key: string]: Json};

/** One line of JSON. NaN, which columns use for absent, becomes null. */
export function json(value: Json): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : 'null';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(json).join(',')}]`;
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${json(item)}`).join(',')}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
