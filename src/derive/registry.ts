/** All questions that can be asked of a session. One line adds one; the types of the worker's messages follow from the list. */
import {alignment} from './alignment/build.ts';
import {binaries} from './binaries/build.ts';
import {find} from './find/build.ts';
import {flame} from './flame/build.ts';
import {frameDetails} from './frame-details/build.ts';
import {functions} from './functions/build.ts';
import {goroutine} from './goroutine/build.ts';
import {growthTable} from './growth-table/build.ts';
import {lanes} from './lanes/build.ts';
import {links} from './links/build.ts';
import {laneMatches} from './lane-matches/build.ts';
import {matches} from './matches/build.ts';
import {moment} from './moment/build.ts';
import {nextMatch} from './next-match/build.ts';
import {overview} from './overview/build.ts';
import {patterns} from './patterns/build.ts';
import {processes} from './processes/build.ts';
import {stackFile} from './stack-file/build.ts';
import {steps} from './steps/build.ts';
import {summary} from './summary/build.ts';
import type {Derivation} from './derivation.ts';

/** The list. Ids are unique. */
export const derivations = [
  summary, binaries, overview, lanes, growthTable, goroutine, alignment, moment, steps, links, patterns, processes, find,
  flame, functions, frameDetails, matches, laneMatches, nextMatch, stackFile,
] as const;

type Listed = (typeof derivations)[number];
export type DerivationId = Listed['id'];
type ById<Id extends DerivationId> = Extract<Listed, {readonly id: Id}>;
/** What is asked of a derivation, and what it answers. */
export type QuestionOf<Id extends DerivationId> = ById<Id> extends Derivation<infer Question, unknown> ? Question : never;
export type AnswerOf<Id extends DerivationId> = ReturnType<ById<Id>['answer']>;
