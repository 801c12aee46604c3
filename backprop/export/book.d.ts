/** What Python tells of a booklet, and the state of its player. */

import type { Playhead, Library as StageLibrary } from "../stage/protocol";

export type Step = { scene: number; text: string; part: string; aside: string } & Playhead;

export type Lesson = {
  id: string;
  steps: Step[];
  after: number; // the step that asks; −1 where none does, and then there are no answers
  question: string;
  answers: string[];
  right: number;
  reveal: string;
  notes: string[];
};

export type About = {
  title: string;
  subtitle: string; // "": what is shown is described
  projector: boolean;
  lesson?: Lesson;
  live?: string; // the address of the Live page
  handout?: [pieces: string[], order: string]; // of its HTML
};

/** Words of a link, by the names of their fields. */
export type Words = Record<string, string>;

/** A scene as the page comes with it; of all but the first only the words that differ from the first's. */
export type Given = {
  words: Words;
  data: string; // the name of its samples in the library; where its words name them, those count
  runners?: string[]; // who takes part, where that is not whoever suits the targets
  query?: Words; // what the app is asked for it, less the playhead
};

/** A field, or a cell of a sample, with what is allowed: scenario/offers.py. */
export type Offer = {
  kind: string;
  required: string;
  title?: string;
  titles?: Record<string, string>; // of its options
  low?: number;
  high?: number;
  options?: string[];
  pattern?: string;
  stops?: number[];
  reach?: number[];
};

/** A text as a field takes it: its word in a link, or what was required. */
export type Reading = { word: string; required?: undefined } | { word?: undefined; required: string };

export type Offers = {
  fields: Record<string, Offer>;
  cells: Record<string, Offer>;
  refused: string;
  problem: string;
  strange: string;
};

export type Data = { X: number[][]; y: number[][]; features: string[]; reach: number[]; rate?: number };

/** Of what scenes are made: export/library.py. */
export type Library = StageLibrary & {
  offers: Offers;
  data: Record<string, Data>;
  draws: Record<string, number[]>;
  costs: Record<string, string[]>;
  clamped: string[];
  described: string;
};

export type Told = { about: About; library: Library; scenes: Given[]; home?: string };

/** Where a slider goes: in even steps, or from stop to stop. */
export type Slider = { min: number; max: number; step: number; stops?: number[] };

/** A control of one word. */
export type Control = { box: HTMLElement; paint: (word: string) => void; enable: (on: boolean) => void };

/** `move` is told null where nothing is meant any more. */
export type NumberControl = {
  name: string;
  title: string;
  offer: Offer;
  slider: (value: number) => Slider;
  move: (value: number | null) => void;
  take: (word: string) => string;
};

/** Its controls; `names` are those of the cells. */
export type Panel = { fields: Record<string, Control>; cells: Control[]; names: string };

export type Book = {
  root: HTMLElement;
  told: Told;
  given: Given; // the scene, its words whole
  base: Words; // its words, with the playhead of the lesson's step
  words: Words; // as they are now
  undo: Words[]; // the edits before each
  panel: Panel;
  step: number;
  answer: number | null;
  wish: { step: number; words: Words } | null; // what the address asked for before the answer
  votes: Vote[]; // of each answer
  counting: boolean; // whether hands are asked for
  notes: boolean;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  choose: (derivative: string) => void;
  follow: () => void; // once something else is shown, or seen
  dispose: () => void;
  close: () => void;
};

/** Hands for an answer; null: not counted. */
export type Vote = number | null;

export type Parts = Record<"next" | "back" | "notes-switch" | "hands-reveal", HTMLButtonElement> & {
  live: HTMLAnchorElement;
  [name: string]: HTMLElement;
};
