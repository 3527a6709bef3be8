/**
 * What perf calls the object file of a mapping, and whether addresses in it are places of a file: as tools/perf/util/map.c and dso.c of
 * Linux 6.1 do.
 */

const PROT_EXEC = 4;
const MAP_HUGETLB = 0x40000;

export interface MappedFile {
  readonly dso: string;
  readonly inFile: boolean;
}

/** Of a process. `protection` and `flags` are those of mmap; 0 where the record does not tell them. */
export function userFile(name: string, pid: number, protection: number, flags: number): MappedFile {
  const isAnonymous = (flags & MAP_HUGETLB) !== 0 || name === '//anon' || name.startsWith('/dev/zero') || name.startsWith('/anon_hugepage');
  const isMemory = isAnonymous || name.startsWith('[stack') || name.startsWith('/SYSV') || name === '[heap]';
  // Code in such memory was made at run time, and whoever made it may have listed it there.
  if (isMemory) return {dso: (protection & PROT_EXEC) !== 0 ? `/tmp/perf-${pid}.map` : name, inFile: false};
  return {dso: name, inFile: true};
}

/** Of the kernel: itself, whose name in the record carries a symbol (`[kernel.kallsyms]_text`), or a module, of which the path is given. */
export function kernelFile(name: string): MappedFile {
  const bracket = /^(\[[^\]]*\])/.exec(name);
  if (bracket) return {dso: bracket[1], inFile: false};
  const module = /([^/]+)\.ko(?:\.(?:gz|xz|zst|bz2))?$/.exec(name);
  return {dso: module ? `[${module[1].replaceAll('-', '_')}]` : name, inFile: false};
}
