/** English: the command palette. */
export const palette = {
  title: 'Commands and places',
  placeholder: 'Type a command, a function, G and a number …',
  sections: {commands: 'Commands', goroutines: 'Goroutines', functions: 'Functions', files: 'Open files', examples: 'Examples'},
  none: 'Nothing fits that',
  found: (count: string) => `${count} to choose from`,
  more: (count: string) => `and ${count} more`,
  on: 'on',
  off: 'off',
  show: (tab: string) => `Show ${tab}`,
  theme: (theme: string) => `Theme: ${theme}`,
  language: (name: string) => `Language: ${name}`,
};
