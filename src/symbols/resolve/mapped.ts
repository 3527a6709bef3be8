/** Where an object file lay in memory, as a capture's mappings tell → how addresses in memory are to be read in the file. */
import type {Trace} from '../../model/trace.ts';
import type {Reading} from '../reading.ts';
import type {Symbols} from '../shape.ts';

/** `dso`: the file's name in the trace (row of strings). None: no mapping tells. */
export function mappedReadings({mappings}: Pick<Trace, 'mappings'>, dso: number, {segments}: Symbols): Reading[] {
  const parts: {from: number; to: number; by: number}[] = [];
  for (let row = 0; row < mappings.length; row++) {
    if (mappings.dso[row] !== dso) continue;
    const from = Number(mappings.startAddress[row]);
    const offset = Number(mappings.fileOffset[row]);
    for (let i = 0; i < segments.length; i++) {
      const into = offset - segments.fileOffset[i];
      if (segments.executable[i] === 0 || into <= -PAGE || into >= segments.fileBytes[i]) continue;
      parts.push({from, to: from + Number(mappings.sizeBytes[row]) - 1, by: from - (segments.address[i] + into)});
      break;
    }
  }
  return parts.length > 0 ? [{as: 'moved', parts}] : [];
}

const PAGE = 4096;
