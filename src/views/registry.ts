/** The tabs beside the flame graph. One line adds one. */
import type {ComponentType} from 'react';
import type {Copy} from '../state/copy/copy.ts';
import {FaultsView} from './faults/view.tsx';
import {FunctionsView} from './functions/view.tsx';
import {GoroutineView} from './goroutine/view.tsx';
import {GrowthView} from './growth/view.tsx';
import {PatternsView} from './patterns/view.tsx';
import {SourcesView} from './sources/view.tsx';

export interface Tab {
  readonly id: string;
  title(copy: Copy): string;
  readonly View: ComponentType;
}

export const tabs: readonly Tab[] = [
  {id: 'growth', title: (copy) => copy.growth.title, View: GrowthView},
  {id: 'functions', title: (copy) => copy.functions.title, View: FunctionsView},
  {id: 'goroutine', title: (copy) => copy.goroutine.title, View: GoroutineView},
  {id: 'patterns', title: (copy) => copy.patterns.title, View: PatternsView},
  {id: 'sources', title: (copy) => copy.sources.title, View: SourcesView},
  {id: 'faults', title: (copy) => copy.faults.title, View: FaultsView},
];
