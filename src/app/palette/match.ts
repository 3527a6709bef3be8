/** How well what was typed fits a title: every word of it begins a word of the title, is inside one, or has its letters in order. */

/** 0: it does not fit; else the more the better. An empty text fits all alike. */
export function fit(typed: string, title: string): number {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const lower = title.toLowerCase();
  let sum = 1;
  for (const word of words) {
    const one = fitOfWord(word, lower);
    if (one === 0) return 0;
    sum += one;
  }
  // Among equals the shorter title is nearer to what was typed.
  return words.length === 0 ? 1 : sum + 1 / (1 + title.length);
}

function fitOfWord(word: string, title: string): number {
  const at = title.indexOf(word);
  if (at === 0) return 40;
  if (at > 0) return isBegin(title, at) || title.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)) ? 30 : 20;
  // One letter may be missing anywhere; with few letters that says nothing.
  return word.length >= 3 && hasInOrder(title, word) ? 5 : 0;
}

function isBegin(title: string, at: number): boolean {
  return /[^\p{L}\p{N}]/u.test(title[at - 1]);
}

function hasInOrder(title: string, word: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = title.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
