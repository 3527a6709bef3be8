/** English: what the address asks for, and what is told to those who listen. */
export const address = {
  awaited: (files: string) => `This link shows a view of ${files}. Drop the same files on this page to see it: a link holds no data.`,
  file: (name: string | null, size: string | null) => (name === null ? (size === null ? 'a file' : `a file of ${size}`) : size === null ? name : `${name} (${size})`),
  forget: 'Forget the link',
  read: (names: string) => `${names} read`,
  allSelected: 'All of the time is shown',
  shortened: 'The view is more than a link can hold (1,024 characters): part of it is left out of the address.',
};
