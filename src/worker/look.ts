/** Whether a file could be opened, by its beginning alone: a folder is looked through before anything of it is opened. */
import {webStream} from '../base/bytes/source.ts';
import {FaultLog} from '../base/fault.ts';
import {detect} from '../formats/detect.ts';

/** As much as formats are shown at most, and one byte more: so the beginning is not taken for the whole. */
const MOST_BYTES = (1 << 20) + 1;

/** True where the beginning is that of a capture or of symbols. A file that the browser cannot read can't be opened. */
export async function canBeOpened(blob: Blob): Promise<boolean> {
  try {
    return (await detect(webStream(blob.slice(0, MOST_BYTES).stream()), new FaultLog())).is !== 'unknown';
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
