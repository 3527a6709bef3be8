/** Functions and goroutines by what a hand types to go to them. */

/** `text`: words, all of which a function's name holds, ignoring case; or the id of a goroutine, or its beginning, with or without `G`. */
export interface FindQuestion {
  readonly text: string;
  /** At most so many functions, and so many goroutines. */
  readonly limit: number;
}

/** Whether a text asks for a function of some name. */
export function functionAskedFor(text: string): (name: string) => boolean {
  const words = wordsOf(text);
  return (name) => {
    const lower = name.toLowerCase();
    return words.length > 0 && words.every((word) => lower.includes(word));
  };
}

/** Whether a text asks for the goroutine of some id. */
export function goroutineAskedFor(text: string): (id: number) => boolean {
  const digits = /^g?(\d{1,16})$/i.exec(text.trim())?.[1];
  return (id) => digits !== undefined && String(id).startsWith(digits);
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

/** Best first: functions whose own name begins with the text before those that hold it elsewhere, short ones first; goroutines by id. */
export interface FindAnswer {
  readonly functions: readonly string[];
  /** Functions found beyond the limit. */
  readonly moreFunctions: number;
  readonly goroutines: readonly {
    readonly source: number;
    /** Row of the source's goroutines. */
    readonly goroutine: number;
    readonly id: number;
    readonly startFunction: string | null;
  }[];
  /** Goroutines found beyond the limit. */
  readonly moreGoroutines: number;
}
