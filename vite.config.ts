import {readFileSync} from 'node:fs';
import react from '@vitejs/plugin-react';
import {defineConfig, type Plugin} from 'vite';

/**
 * What the page may do. It stands in a <meta> so that it holds on every static host and under every sub-path.
 * connect-src 'self' is for the examples and for `morestack open`; nothing else is fetched.
 */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `worker-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

/** The policy goes into the built page only: the dev server needs inline scripts for its hot reload. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {tag: 'meta', attrs: {'http-equiv': 'Content-Security-Policy', content: policy}, injectTo: 'head-prepend'},
  ],
};

/** The recordings of examples/ lie beside the page, at the addresses that examples.json names. */
const examples: Plugin = {
  name: 'examples',
  generateBundle() {
    for (const path of examplePaths()) this.emitFile({type: 'asset', fileName: `examples/${path}`, source: readFileSync(`examples/${path}`)});
  },
  configureServer({middlewares}) {
    middlewares.use('/examples', (request, response, next) => {
      const path = examplePaths().find((known) => `/${known}` === request.url);
      if (path === undefined) next();
      else response.end(readFileSync(`examples/${path}`));
    });
  },
};

function examplePaths(): string[] {
  const list = JSON.parse(readFileSync('examples/examples.json', 'utf8')) as {files: {path: string}[]}[];
  return list.flatMap(({files}) => files.map(({path}) => path));
}

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy, examples],
  worker: {format: 'es'},
  build: {
    target: 'es2022',
    license: {fileName: 'licenses.md'},
    modulePreload: {polyfill: false},
    assetsInlineLimit: 0,
  },
});
