import {defineConfig} from 'vite';

/** The command line: the same core in one Node bundle, parsers as chunks that are loaded when a file needs them. */
export default defineConfig({
  publicDir: false,
  // Packages go into it: it runs where nothing is installed.
  ssr: {noExternal: true},
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    minify: false,
    license: {fileName: 'licenses.md'},
    rolldownOptions: {output: {entryFileNames: 'morestack.js', chunkFileNames: '[name]-[hash].js', banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : '')}},
  },
});
