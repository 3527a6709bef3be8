/** What the parts of the grammar that have files of their own are read by: the rest of it. Each goes over what it reads. */
import type {MangledText} from '../mangled-text.ts';
import type {Node} from './node.ts';

export interface Grammar {
  readonly text: MangledText;
  name(): Node;
  type(): Node;
  encoding(): Node;
  unqualified(): Node;
  levels(): Node | null;
  templateArguments(): Node[];
  parameter(): Node;
}
