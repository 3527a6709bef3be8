/** What inputs.mjs makes, for pictures in TypeScript. */
import type {MadeService} from './go-service.mjs';

export function goService(what: {events: number; goroutines: number; samples: number; seed?: number}): MadeService & {readonly trace: string; readonly perf: string | null};
