/** Faults as a list that can be narrowed, and as text to be sent to others. */
import type {Fault, FaultGroup, Severity} from '../../base/fault.ts';
import type {FaultOfFile} from '../../state/use-faults.ts';

/** Those of a severity (null: any) that hold a text in file, code, title, message or excerpt, whatever its case. */
export function fitting(faults: readonly FaultOfFile[], severity: Severity | null, searched: string, titles: Readonly<Record<string, string>>): readonly FaultOfFile[] {
  const text = searched.trim().toLowerCase();
  const holds = (words: readonly (string | undefined)[]) => words.some((word) => word?.toLowerCase().includes(text));
  return faults.filter(({file, group}) =>
    (severity === null || group.severity === severity) && holds([file, group.code, titles[group.code], ...group.first.flatMap(({message, excerpt}) => [message, excerpt])]));
}

/** One file and what was wrong with it. */
export interface FileOfFaults {
  readonly id: number;
  readonly file: string;
  readonly groups: readonly FaultGroup[];
}

/** By file, in the order of the list. */
export function byFile(faults: readonly FaultOfFile[]): readonly FileOfFaults[] {
  return [...new Set(faults.map(({id}) => id))].map((id) => {
    const own = faults.filter((fault) => fault.id === id);
    return {id, file: own[0].file, groups: own.map(({group}) => group)};
  });
}

/** Lines as the command line writes them: `FILE: line 12, byte 340: message`, the excerpt below. */
export function faultText(faults: readonly Pick<FaultOfFile, 'file' | 'group'>[]): string {
  return faults.map(({file, group}) => [`${file}: ${group.severity}, ${group.count} × ${group.code}`, ...group.first.map(line)].join('\n')).join('\n\n');
}

function line({at, message, excerpt}: Fault): string {
  const place = at === undefined ? '' : at.line === undefined ? `byte ${at.byte}: ` : `line ${at.line}, byte ${at.byte}: `;
  return `  ${place}${message}${excerpt === undefined ? '' : `\n    ${excerpt}`}`;
}
