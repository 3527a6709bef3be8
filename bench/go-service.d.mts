/** What go-service.mjs makes, for tests in TypeScript. */
export interface MadeService {
  readonly events: number;
  readonly goroutines: number;
  readonly growths: number;
  readonly shrinks: number;
  /** States that goroutines were in, one after another. */
  readonly states: number;
  readonly traceBytes: number;
  /** Only where perf text was made. */
  readonly perfBytes?: number;
  readonly samples?: number;
  readonly growthSamples?: number;
  readonly otherSamples?: number;
}

export function writeGoService(what: {tracePath: string; perfPath?: string | null; events: number; goroutines: number; samples?: number; seed?: number}): MadeService;
