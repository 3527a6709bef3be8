/** How the flame graph puts stacks together, and what of it is looked at. Choices may name things that are gone: then they choose nothing. */
import type {StateCreator} from 'zustand/vanilla';
import type {CallTreeQuery, FunctionRef, Transform, TreeRoots, TreeWeight} from '../../derive/call-tree/shape.ts';
import type {PathStep} from '../../derive/flame/shape.ts';
import type {KeptRange} from './selection.ts';

/** The pictures. A sandwich is two of them: the callers of a function, and what it calls. */
export const pictures = ['top-down', 'time', 'bottom-up', 'sandwich'] as const;
export type Picture = (typeof pictures)[number];

export const colorings = ['kind', 'package', 'dso', 'search'] as const;
export type Coloring = (typeof colorings)[number];

/** What of growth chains is shown, where only they are. */
export const growthParts = ['growth', 'growth-work', 'growth-callers'] as const satisfies readonly CallTreeQuery['chains'][];
export type GrowthPart = (typeof growthParts)[number];

export interface FlameSlice {
  readonly picture: Picture;
  readonly isUpsideDown: boolean;
  readonly weight: TreeWeight;
  readonly growthOnly: boolean;
  readonly growthPart: GrowthPart;
  readonly rootedBy: TreeRoots;
  readonly transforms: readonly Transform[];
  /** The frame shown widest, by the steps from the root to it. */
  readonly path: readonly PathStep[];
  /** The function in the middle of the sandwich, and chosen in the function table. */
  readonly chosenFunction: FunctionRef | null;
  /** Whose samples are shown in the order of time; null: the busiest. */
  readonly timePer: 'thread' | 'goroutine';
  readonly timeRow: number | null;
  /** Part of the axis that is shown in the order of time; null: the selected range, or all. */
  readonly timeWindow: KeptRange | null;
  readonly coloring: Coloring;
  /** Keys of the legend whose frames step back. */
  readonly steppedBack: readonly string[];
  showPicture(picture: Picture): void;
  turnUpsideDown(isUpsideDown: boolean): void;
  chooseWeight(weight: TreeWeight): void;
  showGrowthOnly(growthOnly: boolean): void;
  showGrowthPart(part: GrowthPart): void;
  rootBy(rootedBy: TreeRoots): void;
  transform(transforms: readonly Transform[]): void;
  zoomTo(path: readonly PathStep[]): void;
  chooseFunction(chosen: FunctionRef | null): void;
  sandwich(of: FunctionRef): void;
  showTimeOf(per: 'thread' | 'goroutine', row: number | null): void;
  showTimeWindow(window: KeptRange | null): void;
  colorBy(coloring: Coloring): void;
  stepBack(keys: readonly string[]): void;
}

/** What is so when nothing was chosen. */
export const plainFlame = {
  picture: 'top-down', isUpsideDown: false, weight: 'period', growthOnly: false, growthPart: 'growth', rootedBy: 'nothing', transforms: [], path: [], chosenFunction: null,
  timePer: 'thread', timeRow: null, timeWindow: null, coloring: 'kind', steppedBack: [],
} as const satisfies Partial<FlameSlice>;

/** What a tree of this weight is made of. */
function thingsOf(weight: TreeWeight): 'samples' | 'growths' | 'states' {
  if (weight === 'period' || weight === 'samples') return 'samples';
  return weight === 'growths' || weight === 'copiedBytes' || weight === 'copyNs' ? 'growths' : 'states';
}

const isOfStates = (weight: TreeWeight): boolean => thingsOf(weight) === 'states';

export const flameSlice: StateCreator<FlameSlice, [], [], FlameSlice> = (set) => ({
  ...plainFlame,
  // A path is of one tree: in another one it would lead elsewhere, or nowhere.
  showPicture: (picture) => set({picture, path: []}),
  turnUpsideDown: (isUpsideDown) => set({isUpsideDown}),
  // Waiting and running grow no stack: what grows alone and time in states are never shown together. A path holds only where the things are the same.
  chooseWeight: (weight) => set((before) => ({weight, ...(isOfStates(weight) ? {growthOnly: false} : {}), ...(thingsOf(weight) === thingsOf(before.weight) ? {} : {path: []})})),
  showGrowthOnly: (growthOnly) => set(({weight}) => ({growthOnly, path: [], ...(growthOnly && isOfStates(weight) ? {weight: plainFlame.weight} : {})})),
  showGrowthPart: (growthPart) => set(({weight}) => ({growthPart, growthOnly: true, path: [], ...(isOfStates(weight) ? {weight: plainFlame.weight} : {})})),
  rootBy: (rootedBy) => set({rootedBy, path: []}),
  transform: (transforms) => set({transforms, path: []}),
  zoomTo: (path) => set({path}),
  chooseFunction: (chosenFunction) => set({chosenFunction}),
  sandwich: (of) => set({picture: 'sandwich', chosenFunction: of, path: []}),
  showTimeOf: (timePer, timeRow) => set({timePer, timeRow}),
  showTimeWindow: (timeWindow) => set({timeWindow}),
  colorBy: (coloring) => set({coloring, steppedBack: []}),
  stepBack: (steppedBack) => set({steppedBack}),
});
