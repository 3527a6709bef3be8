/**
 * The text of a tracepoint or probe, as typed fields. perf prints it after the event in one of these ways:
 *
 *   (4490a0) gp=0xc00009e4e0 newsize=0x2000            a probe: its address, then its arguments
 *   (559eec6e4220 <- 559eec6e42b1) arg1=0xad52         a return probe
 *   prev_comm=perf prev_pid=15877 ==> next_comm=swapper/0 next_pid=0
 *   addr: 0x00000000, len: 0x00002000                  a system call
 *   NR 1 (7, 7ffc1b20, 20, 0, 0, 0)    NR 1 = 32       any system call, and how it ended
 */

/** One argument: a number with the way it was printed, or text. */
export type EventArgument =
  | {readonly key: string; readonly kind: 'decimal' | 'signed' | 'hex'; readonly bits: bigint}
  | {readonly key: string; readonly kind: 'text'; readonly text: string};

const PROBE = /^\(([0-9a-f]{1,16})\)(?: |$)/;
const RETURN_PROBE = /^\(([0-9a-f]{1,16}) <- ([0-9a-f]{1,16})\)(?: |$)/;
/** Arguments of a system call are hexadecimal, without saying so. */
const SYSTEM_CALL = /^NR (-?\d{1,19}) \(([0-9a-f]{1,16}(?:, [0-9a-f]{1,16})*)\)$/;
const SYSTEM_CALL_END = /^NR (-?\d{1,19}) = (-?\d{1,19})$/;
export const KEY = /(?:^| )([A-Za-z_][\w.]*(?:\[\d+\])?)=/g;
export const COLON_KEY = /(?:^|, )([A-Za-z_]\w*): /g;

/**
 * The fields of an event's text, in order. Text that fits none of the ways becomes one argument with an empty key, so nothing is
 * lost. Probe addresses have the names that the kernel gives them (`__probe_ip`, `__probe_func`, `__probe_ret_ip`).
 */
export function eventArguments(text: string): EventArgument[] {
  const found: EventArgument[] = [];
  let rest = text;
  const probe = PROBE.exec(rest) ?? RETURN_PROBE.exec(rest);
  if (probe) {
    const keys = probe[2] ? ['__probe_func', '__probe_ret_ip'] : ['__probe_ip'];
    keys.forEach((key, i) => found.push({key, kind: 'hex', bits: BigInt(`0x${probe[i + 1]}`)}));
    rest = rest.slice(probe[0].length);
  }
  const call = found.length === 0 && rest.startsWith('NR ') ? systemCall(rest.trimEnd()) : null;
  if (call) return call;
  for (const pattern of [KEY, COLON_KEY]) {
    const keys = [...rest.matchAll(pattern)];
    if (keys.length === 0) continue;
    const lead = rest.slice(0, keys[0].index).trim();
    if (lead !== '') found.push({key: '', kind: 'text', text: lead});
    keys.forEach((match, i) => {
      const value = rest.slice(match.index + match[0].length, keys[i + 1]?.index ?? rest.length);
      found.push(typed(match[1], value.replace(/ ==>$/, '').trim()));
    });
    return found;
  }
  if (rest.trim() !== '') found.push({key: '', kind: 'text', text: rest.trim()});
  return found;
}

/** `raw_syscalls:*`, which has no keys: those of its fields. */
function systemCall(text: string): EventArgument[] | null {
  const begun = SYSTEM_CALL.exec(text);
  if (begun) return [typed('id', begun[1]), ...begun[2].split(', ').map((value, i) => typed(`args[${i}]`, `0x${value}`))];
  const ended = SYSTEM_CALL_END.exec(text);
  return ended && [typed('id', ended[1]), typed('ret', ended[2])];
}

/** One value as it is printed, trimmed. */
export function typed(key: string, value: string): EventArgument {
  if (/^0x[0-9a-f]{1,16}$/i.test(value)) return {key, kind: 'hex', bits: BigInt(value)};
  if (/^\d{1,20}$/.test(value) && BigInt(value) < 1n << 64n) return {key, kind: 'decimal', bits: BigInt(value)};
  if (/^-\d{1,19}$/.test(value) && BigInt(value) >= -(1n << 63n)) return {key, kind: 'signed', bits: BigInt.asUintN(64, BigInt(value))};
  return {key, kind: 'text', text: value};
}
