/** The catalogue in Simplified Chinese. Words of Go and perf (goroutine, GC, Running …) stay as they are. */
import type {Copy} from './en.ts';
import {address} from './zh/address.ts';
import {bar} from './zh/bar.ts';
import {broken} from './zh/broken.ts';
import {capture} from './zh/capture.ts';
import {exports} from './zh/exports.ts';
import {faults} from './zh/faults.ts';
import {flame} from './zh/flame.ts';
import {functions} from './zh/functions.ts';
import {goroutine} from './zh/goroutine.ts';
import {growth} from './zh/growth.ts';
import {headline} from './zh/headline.ts';
import {moment} from './zh/moment.ts';
import {opening} from './zh/opening.ts';
import {patterns} from './zh/patterns.ts';
import {keys} from './zh/keys.ts';
import {palette} from './zh/palette.ts';
import {panes} from './zh/panes.ts';
import {process} from './zh/process.ts';
import {same} from './zh/same.ts';
import {search} from './zh/search.ts';
import {sources} from './zh/sources.ts';
import {start} from './zh/start.ts';
import {status} from './zh/status.ts';
import {symbols} from './zh/symbols.ts';
import {timeline} from './zh/timeline.ts';
import {work} from './zh/work.ts';

export const zh: Copy = {
  name: 'Morestack',
  languageName: '简体中文',
  tabs: '详情',
  address,
  start,
  capture,
  opening,
  process,
  bar,
  palette,
  keys,
  panes,
  work,
  same,
  broken,
  headline,
  timeline,
  moment,
  flame,
  functions,
  exports,
  search,
  growth,
  goroutine,
  patterns,
  sources,
  symbols,
  faults,
  status,
};
