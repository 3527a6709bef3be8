/** What stands behind the event on a record's own line, in every combination that perf prints. */
import {expect, test} from 'vitest';
import {afterEvent} from './after-event.ts';

/** As perf prints a code address behind `event: `, and a data address. */
const code = (address: string, rest = '') => ` ${address.padStart(16)}${rest}`;
const data = (address: string, rest = '') => `${address.padStart(16)}${rest}`;

function read(printed: string) {
  const text = printed.trimStart();
  const {code: at, arguments: found, tail} = afterEvent(text.trimEnd(), printed.length - text.length);
  return {
    code: at && `${at.address.toString(16)} ${at.symbol ?? '?'} ${at.dso ?? '?'}`,
    arguments: found.map((argument) => `${argument.key}=${argument.kind === 'text' ? argument.text : argument.bits.toString(16)}`),
    tail,
  };
}

const nothing = {code: null, arguments: [], tail: ''};

test.each([
  ['a code address with everything', code('44cf6a', ' runtime.getStackMap+0x1aa (/srv/my app)'), {...nothing, code: '44cf6a runtime.getStackMap /srv/my app'}],
  ['without offset', code('44cf6a', ' std::map<int, char>::f() (/srv/app)'), {...nothing, code: '44cf6a std::map<int, char>::f() /srv/app'}],
  ['without DSO', code('44cf6a', ' main.run+0x1'), {...nothing, code: '44cf6a main.run ?'}],
  ['without both', code('44cf6a', ' main.run'), {...nothing, code: '44cf6a main.run ?'}],
  ['alone', code('ffffffff814c2e83'), {...nothing, code: 'ffffffff814c2e83 ? ?'}],
  ['without symbol', code('44cf6a', ' [unknown] (/srv/app)'), {...nothing, code: '44cf6a ? /srv/app'}],
  ['with the DSO alone', code('44cf6a', ' (/srv/app)'), {...nothing, code: '44cf6a ? /srv/app'}],
  ['a data address', data('7efc0010'), {...nothing, arguments: ['addr=7efc0010']}],
  ['a data and a code address', data('7efc0010', code('44cf6a', ' main.run+0x1 (/srv/app)')), {code: '44cf6a main.run /srv/app', arguments: ['addr=7efc0010'], tail: ''}],
  ['a data address with its symbol, and a code address', data('7efc0010', ` table+0x10 (/srv/lib)${code('44cf6a', ' main.run+0x1 (/srv/app)')}`), {code: '44cf6a main.run /srv/app', arguments: ['addr=7efc0010'], tail: ''}],
  ['flags', `  ${'call'.padEnd(21)} `, {...nothing, arguments: ['flags=call']}],
  ['flags of two words and a mark', `  ${'tr end  hw int (x)'.replace('  ', ' ').padEnd(21)} `, {...nothing, arguments: ['flags=tr end hw int (x)']}],
  ['flags and a code address', `  ${'jcc'.padEnd(21)} ${code('44cf6a', ' main.run+0x1 (/srv/app)')}`, {code: '44cf6a main.run /srv/app', arguments: ['flags=jcc'], tail: ''}],
  ['a branch of Intel PT', `  ${'jmp'.padEnd(21)} ${code('44cf6a', ' main.run+0x1 (/srv/app) =>           44d000 main.stop+0x0 (/srv/app)')}`, {code: '44cf6a main.run /srv/app', arguments: ['flags=jmp', 'addr=44d000'], tail: ''}],
  ['a branch from nowhere', `  ${'tr strt'.padEnd(21)} ${code('0', ' [unknown] ([unknown]) =>           44d000 main.stop+0x0 (/srv/app)')}`, {code: '0 ? [unknown]', arguments: ['flags=tr strt', 'addr=44d000'], tail: ''}],
  ['a branch moved to the right by its depth', `      main.run                         ${code('44cf6a', ' main.run+0x1 (/srv/app) =>           44d000 main.stop+0x0 (/srv/app)')}`, {code: '44cf6a main.run /srv/app', arguments: ['addr=44d000'], tail: ''}],
  ['where memory was found', data('7efc0010', ` |OP LOAD|LVL L1 or L1 hit|SNP None|TLB L1 or L2 hit|LCK No|BLK  N/A ${code('44cf6a', ' main.run+0x1 (/srv/app)')}`), {code: '44cf6a main.run /srv/app', arguments: ['addr=7efc0010', 'data_src=|OP LOAD|LVL L1 or L1 hit|SNP None|TLB L1 or L2 hit|LCK No|BLK  N/A'], tail: ''}],
  ['a probe', '(4490a0) gp=0xc00009e4e0', {...nothing, arguments: ['__probe_ip=4490a0', 'gp=c00009e4e0']}],
  ['a probe that begins like an address', 'face book=1', {...nothing, arguments: ['=face', 'book=1']}],
  ['a code address and an instruction', code('44cf6a', ' main.run+0x1 (/srv/app) ilen: 3 insn: 48 31 ca'), {code: '44cf6a main.run /srv/app', arguments: [], tail: 'ilen: 3 insn: 48 31 ca'}],
  ['a code address and branches', code('44cf6a', ' main.run+0x1 (/srv/app) 0x1/0x2/P/-/-/0 '), {code: '44cf6a main.run /srv/app', arguments: [], tail: '0x1/0x2/P/-/-/0'}],
])('%s', (_, printed, expected) => {
  expect(read(printed)).toEqual(expected);
});
