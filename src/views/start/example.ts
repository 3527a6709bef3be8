/** A recording that the app ships, to be tried. */
import type {FileToOpen} from '../../state/slices/session.ts';

export interface Example {
  readonly id: string;
  readonly files: readonly FileToOpen[];
  readonly bytes: number;
  /** Addresses of its picture, by theme. */
  readonly pictures: {readonly light: string; readonly dark: string};
}
