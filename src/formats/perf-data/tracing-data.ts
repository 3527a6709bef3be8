/**
 * TRACING_DATA: what perf copied of the kernel's descriptions of tracepoints, so that their raw data can be read elsewhere.
 *
 *   17 08 44 "tracing" │ version\0 │ byte order, size of long │ page size │ "header_page\0" size bytes │ "header_event\0" size bytes
 *   │ formats of ftrace │ systems, each: name\0, count, formats │ kallsyms │ texts of printk, by address │ …
 *
 * tools/perf/util/trace-event-info.c of Linux 6.1 writes it.
 */
import {utf8} from '../../base/bytes/text.ts';
import {Cursor} from './cursor.ts';
import {eventFormat, type EventFormat} from './event-format.ts';

/** What a recording knows of tracepoints: their formats by number, and texts that raw data points to. */
export interface Tracepoints {
  readonly byId: ReadonlyMap<number, EventFormat>;
  readonly texts: ReadonlyMap<bigint, string>;
}

export const noTracepoints: Tracepoints = {byId: new Map(), texts: new Map()};

const MAGIC = [0x17, 0x08, 0x44, 0x74, 0x72, 0x61, 0x63, 0x69, 0x6e, 0x67];

/** Reads the section; null when it is not one. What it holds up to where it breaks off is kept. */
export function tracingData(bytes: Uint8Array, little: boolean): Tracepoints | null {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return null;
  const of = new Cursor(bytes, little);
  of.at = MAGIC.length;
  of.cString();
  of.u8();
  of.u8();
  of.u32();
  of.cString();
  of.take(of.size());
  of.cString();
  of.take(of.size());
  const byId = new Map<number, EventFormat>();
  const addAll = (system: string) => {
    const count = of.u32();
    for (let i = 0; i < count && !of.overrun; i++) {
      const format = eventFormat(system, utf8(of.take(of.size())));
      if (format) byId.set(format.id, format);
    }
  };
  addAll('ftrace');
  const systems = of.u32();
  for (let i = 0; i < systems && !of.overrun; i++) addAll(of.cString());
  of.take(of.u32());
  return {byId, texts: printkTexts(utf8(of.take(of.u32())))};
}

/** Lines of `0xffffffff82521988 : "mas_wr_append"`. */
function printkTexts(lines: string): Map<bigint, string> {
  const texts = new Map<bigint, string>();
  for (const line of lines.split('\n')) {
    const parts = /^(0x[0-9a-f]{1,16}) : "(.*)"$/.exec(line);
    if (parts) texts.set(BigInt(parts[1]), parts[2].replace(/\\n$/, ''));
  }
  return texts;
}
