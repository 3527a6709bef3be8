/** `1 fault`, `12 faults`. Numbers come written, so one is the text “1”. */
export const counted = (count: string, one: string, many = `${one}s`) => `${count} ${count === '1' ? one : many}`;
