/** English: files that are open already. */
export const same = {
  text: (name: string, open: string) => (name === open ? `${name} is open already: same size, beginning and end. It was not opened a second time.` : `${name} looks the same as ${open}, which is open: same size, beginning and end. It was not opened a second time.`),
  openAnyway: 'Open anyway',
  dismiss: 'Dismiss',
};
