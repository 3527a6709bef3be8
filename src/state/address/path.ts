/**
 * A path of frames as a short text. A step is its kind and its name; `~` stands before what is not of the name: a package that was
 * written before is its number, steps that repeat are counted.
 *
 *   main.main, net/http.serve, net/http.read, main.walk × 3   →   0main.main;0net/http.serve;0~p1.read;0~p0.walk~x3
 */
import type {PathStep} from '../../derive/flame/shape.ts';
import type {Codec} from './codec.ts';

/** More steps than any recorder keeps. */
const STEPS = 4096;
const NO_NAME = '~n';

export const path: Codec<readonly PathStep[]> = {
  write: (steps) => {
    const packages: string[] = [];
    const written = steps.map(({name, kind}) => kind.toString(36) + (name === null ? NO_NAME : shortened(name, packages)));
    const parts: string[] = [];
    for (let i = 0; i < written.length;) {
      let times = 1;
      while (i + times < written.length && written[i + times] === written[i]) times++;
      parts.push(times > 1 ? `${written[i]}~x${times.toString(36)}` : written[i]);
      i += times;
    }
    return parts.join(';');
  },
  read: (text) => {
    const packages: string[] = [];
    const steps: PathStep[] = [];
    if (text === '') return [];
    for (const part of text.split(';')) {
      const [, kindText, nameText, timesText] = /^([0-9a-z])(.*?)(?:~x([0-9a-z]{1,3}))?$/s.exec(part) ?? [];
      if (kindText === undefined) return undefined;
      const name = nameText === NO_NAME ? null : lengthened(nameText, packages);
      const times = timesText === undefined ? 1 : parseInt(timesText, 36);
      if (name === undefined || times < 1 || steps.length + times > STEPS) return undefined;
      for (let i = 0; i < times; i++) steps.push({name, kind: parseInt(kindText, 36)});
    }
    return steps;
  },
};

/** Up to the first dot after the last slash, before any bracket: `net/http` of `net/http.(*conn).serve`. Empty: it has none that can be named. */
function packageOf(name: string): string {
  const bracket = name.search(/[([{<]/);
  const head = bracket < 0 ? name : name.slice(0, bracket);
  const dot = head.indexOf('.', head.lastIndexOf('/') + 1);
  const own = dot > 0 ? head.slice(0, dot) : '';
  return /[~;]/.test(own) ? '' : own;
}

function shortened(name: string, packages: string[]): string {
  const own = packageOf(name);
  const escaped = (text: string) => text.replaceAll('~', '~0').replaceAll(';', '~1');
  if (own === '') return escaped(name);
  const known = packages.indexOf(own);
  if (known >= 0 && known < 36) return `~p${known.toString(36)}${escaped(name.slice(own.length))}`;
  if (known < 0) packages.push(own);
  return escaped(name);
}

function lengthened(text: string, packages: string[]): string | undefined {
  const known = /^~p([0-9a-z])/.exec(text);
  const own = known ? packages[parseInt(known[1], 36)] : '';
  if (own === undefined) return undefined;
  const rest = known ? text.slice(known[0].length) : text;
  if (/~(?![01])/.test(rest)) return undefined;
  const name = own + rest.replaceAll('~1', ';').replaceAll('~0', '~');
  const named = packageOf(name);
  if (named !== '' && !packages.includes(named)) packages.push(named);
  return name;
}
