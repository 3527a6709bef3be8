/** English: searching in function names. */
export const search = {
  found: (functions: string, weight: string, share: string) => `functions found: ${functions} · ${weight} · ${share}`,
  notFound: 'No function has this in its name',
  at: (at: string, of: string) => `match ${at} of ${of}`,
  next: 'Next match',
  previous: 'Previous match',
  matchCase: 'Match case',
};
