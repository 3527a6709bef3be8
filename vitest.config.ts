/**
 * Two suites. `unit`: tests beside the code, quick, no build needed. `cli`: the built command line on whole captures, which takes
 * minutes; those files run one after another so that their figures of time and memory mean something.
 */
import react from '@vitejs/plugin-react';
import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        test: {name: 'unit', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000},
      },
      {
        test: {name: 'cli', include: ['e2e/{cli,corpus}/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false},
      },
    ],
  },
});
