/** English: the sheet of keys. */
export const keys = {
  title: 'Keys and gestures',
  close: 'Close',
  places: {page: 'Anywhere', timeline: 'In the time line', flame: 'In the flame graph', table: 'In a table'},
  pointer: 'With the pointer',
  gestures: [
    ['Drag', 'Select a part of the time; every view shows just that'],
    ['Shift + drag', 'Pan'],
    ['Ctrl + wheel, pinch', 'Zoom where the pointer is'],
    ['Click a frame', 'Zoom to it'],
    ['Drag between panes', 'Resize; double click: as at first'],
    ['Drop files', 'Open them'],
  ] as readonly (readonly [gesture: string, does: string])[],
};
