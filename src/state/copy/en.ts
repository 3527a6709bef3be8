/** The catalogue in English, a file a section. It is the shape of the others: a text missing in one of them is a type error. Numbers come written. */
import {address} from './en/address.ts';
import {bar} from './en/bar.ts';
import {broken} from './en/broken.ts';
import {capture} from './en/capture.ts';
import {exports} from './en/exports.ts';
import {faults} from './en/faults.ts';
import {flame} from './en/flame.ts';
import {functions} from './en/functions.ts';
import {goroutine} from './en/goroutine.ts';
import {growth} from './en/growth.ts';
import {headline} from './en/headline.ts';
import {moment} from './en/moment.ts';
import {opening} from './en/opening.ts';
import {patterns} from './en/patterns.ts';
import {keys} from './en/keys.ts';
import {palette} from './en/palette.ts';
import {panes} from './en/panes.ts';
import {process} from './en/process.ts';
import {same} from './en/same.ts';
import {search} from './en/search.ts';
import {sources} from './en/sources.ts';
import {start} from './en/start.ts';
import {status} from './en/status.ts';
import {symbols} from './en/symbols.ts';
import {timeline} from './en/timeline.ts';
import {work} from './en/work.ts';

export const en = {
  name: 'Morestack',
  /** Of the language itself, for the switch. */
  languageName: 'English',
  tabs: 'Details',
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

export type Copy = typeof en;
