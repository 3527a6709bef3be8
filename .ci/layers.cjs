/**
 * Which folder of src may import which, and which package may be imported where, for dependency-cruiser. What is not listed is
 * refused. `.ci/layers.mjs` runs it and proves that it sees: with a TypeScript that it cannot load, the tool finds no module at
 * all and reports no offence.
 */
const may = {
  base:    [],
  model:   ['base'],
  symbols: ['base', 'model'],
  formats: ['base', 'model', 'symbols'],
  derive:  ['base', 'model', 'symbols'],
  worker:  ['base', 'model', 'symbols', 'formats', 'derive'],
  share:   ['base', 'model'],
  state:   ['base', 'model', 'formats', 'derive', 'worker', 'share'],
  draw:    ['base', 'model', 'derive'],
  views:   ['base', 'model', 'derive', 'draw', 'state'],
  app:     ['base', 'model', 'formats', 'derive', 'worker', 'share', 'state', 'draw', 'views'],
  cli:     ['base', 'model', 'symbols', 'formats', 'derive'],
  testing: ['base', 'model', 'symbols', 'formats', 'derive'],
};
const test = '\\.(test|bench)\\.tsx?$';
const workerEntries = '^src/worker/(main|parse)\\.ts$';
const entries = `^src/(app/main\\.tsx|app/offline/service-worker\\.ts|cli/main\\.ts)$|${workerEntries}`;
/** What runs on the page's main thread, where nothing is parsed and nothing derived. */
const mainThread = '^src/(state|draw|views|app|share|worker/(client|protocol))';

const layerRules = Object.entries(may).map(([from, others]) => ({
  name: `${from}-imports-only-${others.join('+') || 'itself'}`,
  severity: 'error',
  from: {path: `^src/${from}/`, pathNot: test},
  to: {path: '^(src|server|e2e|bench)/', pathNot: `^src/(${[from, ...others].join('|')})/`},
}));

/** Where each package lives; the first line that matches counts. A package without a home is refused: whoever adds one gives it a line here. */
const packageHomes = [
  ['react', 'src/(views/|app/|state/use-)'],
  ['react-dom', 'src/app/'],
  ['zustand', 'src/state/'],
  ['idb-keyval', 'src/app/'],
  ['pprof-format', 'src/derive/stack-file/'],
  ['pako', 'src/base/bytes/'],
  ['fzstd', 'src/(base/bytes|formats/perf-data)/'],
  ['d3-flame-graph', 'src/draw/flame/'],
  ['d3[a-z-]*', 'src/draw/'],
];
const inModules = (name) => `^node_modules/(?:@types/)?(?:${name})/`;
const packageRules = packageHomes.map(([name, home], i) => ({
  name: `${name.replace(/[^\w-].*/, '')}-lives-in-its-home`,
  severity: 'error',
  from: {path: '^src/', pathNot: `^${home}|${test}|^src/testing/`},
  to: {path: inModules(name), ...(i ? {pathNot: packageHomes.slice(0, i).map(([other]) => inModules(other))} : {})},
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'every-package-has-a-home', severity: 'error',
      from: {path: '^src/', pathNot: `${test}|^src/testing/`},
      to: {path: '^node_modules/', pathNot: packageHomes.map(([name]) => inModules(name))},
    },
    {
      name: 'node-only-in-cli', severity: 'error',
      from: {path: '^src/.*\\.tsx?$', pathNot: `^src/cli/|${test}|^src/testing/`}, to: {dependencyTypes: ['core']},
    },
    {name: 'no-circle', severity: 'error', from: {path: '^src/'}, to: {circular: true}},
    {name: 'everything-resolves', severity: 'error', from: {path: '^src/'}, to: {couldNotResolve: true}},
    {name: 'no-orphan', severity: 'error', from: {orphan: true, path: '^src/', pathNot: `${test}|\\.d\\.ts$|${entries}`}, to: {}},
    {
      name: 'formats-are-strangers', severity: 'error',
      from: {path: '^src/formats/([^/]+)/'}, to: {path: '^src/formats/[^/]+/', pathNot: '^src/formats/$1/'},
    },
    {
      name: 'a-parser-is-loaded-only-by-its-own-format', severity: 'error',
      from: {path: '^src/', pathNot: `^src/formats/[^/]+/|^src/testing/|${test}`}, to: {path: '^src/formats/[^/]+/(?!format\\.ts$)'},
    },
    {
      name: 'the-main-thread-runs-no-parser', severity: 'error',
      from: {path: mainThread, pathNot: test}, to: {path: '^src/formats/', dependencyTypesNot: ['type-only']},
    },
    {
      name: 'the-main-thread-builds-no-derivation', severity: 'error',
      from: {path: mainThread, pathNot: test},
      to: {path: '^src/derive/', pathNot: '^src/derive/[^/]+/shape\\.ts$', dependencyTypesNot: ['type-only']},
    },
    {
      name: 'the-main-thread-holds-no-trace', severity: 'error',
      from: {path: mainThread, pathNot: test}, to: {path: '^src/model/', dependencyTypesNot: ['type-only']},
    },
    {name: 'nobody-imports-a-worker-entry', severity: 'error', from: {path: '^src/', pathNot: test}, to: {path: workerEntries}},
    {
      name: 'derivations-are-strangers', severity: 'error',
      from: {path: '^src/derive/([^/]+)/', pathNot: test}, to: {path: '^src/derive/[^/]+/', pathNot: '^src/derive/($1/|[^/]+/shape\\.ts$)'},
    },
    {
      name: 'views-are-strangers', severity: 'error',
      from: {path: '^src/views/([^/]+)/', pathNot: test}, to: {path: '^src/views/(?!ui/)[^/]+/', pathNot: '^src/views/$1/'},
    },
    {
      name: 'slices-are-strangers', severity: 'error',
      from: {path: '^src/state/slices/', pathNot: test}, to: {path: '^src/state/slices/', dependencyTypesNot: ['type-only']},
    },
    {name: 'test-parts-stay-in-tests', severity: 'error', from: {path: '^src/', pathNot: `^src/testing/|${test}`}, to: {path: '^src/testing/'}},
    {name: 'server-takes-only-the-contract', severity: 'error', from: {path: '^server/'}, to: {path: '^src/', pathNot: '^src/(base/|share/contract\\.ts$)'}},
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {extensions: ['.ts', '.tsx', '.js']},
  },
};
