/** Looks through the functions and goroutines of all open sources. Linear in their distinct functions and in their goroutines. */
import {text} from '../../model/trace.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import {functionAskedFor, goroutineAskedFor, wordsOf, type FindAnswer, type FindQuestion} from './shape.ts';

export const find = defineDerivation({
  id: 'find',
  answer(session, question: FindQuestion): FindAnswer {
    const functions = functionsNamed(session, question.text);
    const goroutines = goroutinesNumbered(session, question.text);
    return {
      functions: functions.slice(0, question.limit),
      moreFunctions: Math.max(0, functions.length - question.limit),
      goroutines: goroutines.slice(0, question.limit),
      moreGoroutines: Math.max(0, goroutines.length - question.limit),
    };
  },
});

function functionsNamed(session: Session, typed: string): string[] {
  const [first] = wordsOf(typed);
  if (first === undefined) return [];
  const isAskedFor = functionAskedFor(typed);
  const found = new Map<string, number>();
  for (const source of session.sources) {
    for (const name of session.labels(source).names) {
      if (!found.has(name) && isAskedFor(name)) found.set(name, rank(name.toLowerCase(), first));
    }
  }
  return [...found].toSorted(([a, rankA], [b, rankB]) => rankA - rankB || a.length - b.length || (a < b ? -1 : 1)).map(([name]) => name);
}

/** 0: the whole name begins with it; 1: its part after the last dot or slash does; 2: it is somewhere inside. */
function rank(name: string, word: string): number {
  if (name.startsWith(word)) return 0;
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1).startsWith(word) ? 1 : 2;
}

function goroutinesNumbered(session: Session, typed: string): FindAnswer['goroutines'][number][] {
  const isAskedFor = goroutineAskedFor(typed);
  const found: FindAnswer['goroutines'][number][] = [];
  for (const {id: source, trace} of session.sources) {
    const {id, startFunction, length} = trace.goroutines;
    for (let goroutine = 0; goroutine < length; goroutine++) {
      if (isAskedFor(id[goroutine])) found.push({source, goroutine, id: id[goroutine], startFunction: text(trace, startFunction[goroutine])});
    }
  }
  return found.toSorted((a, b) => a.id - b.id || a.source - b.source);
}
