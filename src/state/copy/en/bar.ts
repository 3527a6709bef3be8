/** English: the bar at the top. */
export const bar = {
  add: 'Add files',
  search: 'Search functions',
  theme: 'Theme',
  themes: {system: 'System', light: 'Light', dark: 'Dark'},
  language: 'Language',
  /** Of the language shown, on the switch. */
  languageSign: 'EN',
  sources: 'Sources',
  files: (count: string) => `${count} files`,
  removeSource: (name: string) => `Remove ${name}`,
  cancelReading: (name: string) => `Cancel reading ${name}`,
  readingBytes: (done: string, of: string | null) => (of === null ? `${done} read` : `${done} of ${of}`),
  /** The version is of the trace's format: Go 1.24 still writes that of 1.23. */
  traceFormat: (version: string) => `trace format ${version}`,
  unreadable: 'not readable',
  failed: 'failed',
};
