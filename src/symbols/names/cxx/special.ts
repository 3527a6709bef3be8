/** Names that compilers give what they make for another: tables of virtual functions, thunks, guards. */
import {notReadable, type MangledText} from '../mangled-text.ts';
import type {Grammar} from './grammar.ts';
import type {Node} from './node.ts';
import {ABOUT} from './words.ts';

export function readSpecial(grammar: Grammar): Node {
  const {text} = grammar;
  const code = text.take(2);
  const about = (before: string, of: Node): Node => ({is: 'about', before, of});
  switch (code) {
    case 'TV': case 'TT': case 'TI': case 'TS': return about(ABOUT[code], grammar.type());
    case 'TH': case 'TW': case 'GV': return about(ABOUT[code], grammar.name());
    case 'Th': case 'Tv':
      goOverOffset(text, code);
      return about(code === 'Th' ? 'non-virtual thunk to ' : 'virtual thunk to ', grammar.encoding());
    case 'Tc':
      goOverOffset(text, `T${text.next()}`);
      goOverOffset(text, `T${text.next()}`);
      return about('covariant return thunk to ', grammar.encoding());
    case 'TC': {
      const derived = grammar.type();
      goOverNumber(text);
      return {is: 'expression', simple: true, parts: ['construction vtable for ', grammar.type(), '-in-', derived]};
    }
    case 'GR': {
      const of = grammar.name();
      return about(`reference temporary #${text.isDigit ? text.number() : 0} for `, of);
    }
    case 'GA': return about('hidden alias for ', grammar.encoding());
    case 'GT': return about(text.next() === 'n' ? 'non-transaction clone for ' : 'transaction clone for ', grammar.encoding());
    default: return notReadable();
  }
}

/** Where the thunk finds what the function needs. */
function goOverOffset(text: MangledText, code: string): void {
  if (code !== 'Th' && code !== 'Tv') notReadable();
  goOverNumber(text);
  if (code === 'Tv') goOverNumber(text);
}

function goOverNumber(text: MangledText): void {
  text.skip('n');
  text.number();
  text.need('_');
}
