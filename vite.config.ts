import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import react from '@vitejs/plugin-react';
import {defineConfig, transformWithOxc, type Plugin} from 'vite';

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
  `manifest-src 'self'`,
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

const SERVICE_WORKER = 'src/app/offline/service-worker.ts';

/**
 * The service worker, with the list of what this build is made of before it. It is no module of the bundle: its name has no hash, so that
 * browsers find the next version under it.
 */
const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      const built = Object.values(bundle).map((file) => ({path: file.fileName, content: file.type === 'chunk' ? file.code : file.source}));
      const copied = readdirSync('public').map((path) => ({path, content: readFileSync(`public/${path}`)}));
      const onUse = Object.fromEntries(built.filter(({path}) => path.startsWith('examples/')).map(({path, content}) => [path, hash(content)]));
      const shell = [...built, ...copied].filter(({path}) => !path.startsWith('examples/') && !/\.(?:md|map)$/.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
      const {code} = await transformWithOxc(readFileSync(SERVICE_WORKER, 'utf8'), SERVICE_WORKER);
      const version = hash([code, ...shell.map(({path, content}) => `${path} ${hash(content)}`), JSON.stringify(onUse)].join('\n'));
      this.emitFile({type: 'asset', fileName: 'service-worker.js', source: `const BUILD = ${JSON.stringify({version, shell: shell.map(({path}) => path), onUse})};\n${code}`});
    },
  },
};

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy, examples, offline],
  worker: {format: 'es'},
  build: {
    target: 'es2022',
    license: {fileName: 'licenses.md'},
    modulePreload: {polyfill: false},
    assetsInlineLimit: 0,
  },
});
