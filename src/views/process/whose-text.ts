/** Whose samples, in words. */
import type {Whose} from '../../derive/processes/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';

/** The narrowest of what is chosen, by name and number. */
export function whoseText({process, thread, comm}: Whose, name: string, copy: Copy): string {
  if (thread !== null) return copy.process.tid(comm ?? name, String(thread));
  if (process !== null) return copy.process.pid(comm ?? name, String(process));
  return comm || copy.process.unnamed;
}
