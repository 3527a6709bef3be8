/** Samples -> the text that `perf script` prints of them, with any of the fields that `-F` knows (builtin-script.c of Linux 6.1 and 6.10). */

/** A field of `-F`; `guest` stands for machine_pid and vcpu, `page` for a data page size. */
export type PerfField = 'guest' | 'comm' | 'pid' | 'tid' | 'cpu' | 'misc' | 'tod' | 'time' | 'period' | 'event' | 'flags' | 'trace' | 'addr' | 'ip' | 'sym' | 'symoff' | 'dso' | 'dsoff' | 'srcline' | 'uregs' | 'brstack' | 'insn' | 'page';

export interface PerfFrame {
  readonly address: bigint;
  /** null: perf knows none. */
  readonly symbol: string | null;
  readonly offset: number;
  readonly dso: string;
  readonly fileOffset: bigint;
  /** `file:line`, or what perf prints where it knows no place. */
  readonly place: string;
  readonly inlined: boolean;
}

export interface PerfSample {
  readonly comm: string;
  readonly pid: number;
  readonly tid: number;
  /** -1: this sample carries none. */
  readonly cpu: number;
  readonly timeNs: bigint;
  readonly period: number;
  readonly event: string;
  readonly flags: string;
  /** A tracepoint's or probe's text; empty: it is none. */
  readonly trace: string;
  readonly addr: bigint;
  /** Leaf first. */
  readonly frames: readonly PerfFrame[];
  /** Stack pointer and r14. */
  readonly registers: readonly [bigint, bigint];
}

/** How one run of perf script prints: the same for all samples of a file. */
export interface PerfStyle {
  readonly fields: ReadonlySet<PerfField>;
  /** Samples have call chains; without them the leaf stands on the sample's own line. */
  readonly chains: boolean;
  readonly ns: boolean;
  readonly latency: boolean;
  /** perf 6.10 and newer. */
  readonly wide: boolean;
  readonly newline: string;
}

/** The text of all samples. */
export function perfScriptText(samples: readonly PerfSample[], style: PerfStyle): string {
  const eventWidth = Math.max(0, ...samples.map(({event}) => event.length));
  return samples.map((sample) => sampleText(sample, style, eventWidth).replaceAll('\n', style.newline)).join('');
}

function sampleText(sample: PerfSample, style: PerfStyle, eventWidth: number): string {
  const has = (field: PerfField) => style.fields.has(field);
  let text = startText(sample, style);
  if (has('period')) text += `${String(sample.period).padStart(10)} `;
  if (has('event')) text += `${sample.event.padStart(eventWidth)}: `;
  if (has('flags')) text += `  ${sample.flags.padEnd(21)} `;
  if (has('trace') && sample.trace !== '') text += sample.trace;
  if (has('addr')) text += hex(sample.addr);
  if (has('ip')) text += style.chains ? `\n${sample.frames.map((frame) => `\t${frameText(frame, style)}\n`).join('')}` : ` ${frameText(sample.frames[0], style)}`;
  if (has('uregs')) text += ` ABI:2 ${`SP:0x${sample.registers[0].toString(16)}`.padStart(8)} ${`R14:0x${sample.registers[1].toString(16)}`} `;
  if (has('brstack')) text += ' 0x55a682f5e274/0x55a682f5e2b1/P/-/-/0 ';
  if (has('insn')) text += ' ilen: 3 insn: 48 31 ca';
  if (has('page')) text += ' 4K';
  return `${text}\n`;
}

function startText({comm, pid, tid, cpu, timeNs}: PerfSample, style: PerfStyle): string {
  const has = (field: PerfField) => style.fields.has(field);
  const width = style.wide ? 7 : 5;
  let text = has('guest') ? 'VM: 4321 VCPU:002 ' : '';
  if (has('comm')) text += style.latency ? `${comm.slice(0, 8).padStart(8)} ` : style.chains && has('ip') ? `${comm} ` : `${comm.padStart(16)} `;
  if (has('pid') && has('tid')) text += `${String(pid).padStart(width)}/${String(tid).padEnd(width)} `;
  else if (has('pid') || has('tid')) text += `${String(has('pid') ? pid : tid).padStart(width)} `;
  if (has('cpu') && cpu >= 0) text += style.latency ? `${String(cpu).padStart(3)} ` : `[${String(cpu).padStart(3, '0')}] `;
  if (has('misc')) text += 'U      ';
  if (has('tod')) text += '2026-11-22 15:09:16.836237 ';
  if (has('time')) text += `${timeText(timeNs, style.ns)}: `;
  return text;
}

function timeText(timeNs: bigint, ns: boolean): string {
  const fraction = String(timeNs % 1_000_000_000n).padStart(9, '0');
  const seconds = String(timeNs / 1_000_000_000n);
  return ns ? `${seconds.padStart(5)}.${fraction}` : `${seconds}.${fraction.slice(0, 6)}`.padStart(12);
}

function frameText({address, symbol, offset, dso, fileOffset, place, inlined}: PerfFrame, {fields}: PerfStyle): string {
  let text = hex(address);
  if (fields.has('sym')) text += ` ${symbol === null ? '[unknown]' : symbol + (fields.has('symoff') ? `+0x${offset.toString(16)}` : '')}`;
  const isInlined = inlined && symbol !== null && fields.has('sym');
  if (fields.has('dso') && !isInlined) text += ` (${dso}${fields.has('dsoff') ? `+0x${fileOffset.toString(16)}` : ''})`;
  if (fields.has('srcline')) text += `\n  ${place}`;
  if (isInlined) text += ' (inlined)';
  return text;
}

function hex(address: bigint): string {
  return address.toString(16).padStart(16);
}
