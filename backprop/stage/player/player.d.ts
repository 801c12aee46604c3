/** The player's state. Each part is written by one module alone, which is named here. */

import type { Training } from "../engine/engine";
import type { About, Asked, Block, Experiment, Moves, Playhead, Question, Truth } from "../protocol";

export type { About, Answer, Asked, Block, Operation, Question, Template } from "../protocol";

export type Player = {
  root: HTMLElement;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  recording: Recording; // loading.js
  position: Position; // position.js
  clock: { playing: boolean; speed: number; credit: number; last: number; timer: number }; // playing.js
  pause: { timer: number }; // rest.js
  looks: { compare: "now" | "before" | "change"; striped: boolean }; // looks.js
  selection: { channel: string | null }; // selecting.js
  drawing: Drawing; // drawing.js
  fold: Fold; // fold.js
  list: { node: HTMLElement | null; leave: (event: Event) => void }; // inputs.js
  card: Card; // equation.js
  editor: { name: string }; // editor.js
  questions: Questions; // questions.js
  hand: { drag: Drag | null; dropped: boolean; timer: number }; // hand.js
  live: Live; // live.js
  visit: { id: string | null; written: number }; // visit.js
  room: { size: string; equations: string }; // room.js
};

/** A recording as it was sent, with the places of its channels. */
export type Recording = {
  whole: Recording | null; // of a glimpse, the recording that Python sent
  about: About;
  values: Float64Array;
  codes: Uint8Array;
  states: Uint8Array;
  strips: Uint8Array;
  blocks: Map<string, Block>;
  places: Map<string, Place | null>;
  stripAt: Map<string, number>;
};

/** Where a channel lies in a frame, and its block. */
export type Place = { at: number; block: Block };

/** A frame is an update that was kept; operation −1: only inputs and weights are known. */
export type Position = {
  frame: number;
  operation: number;
  passedFault: boolean;
  hold: Playhead | null;
};

export type Cell = {
  node: SVGElement;
  body: boolean;
  channel: string;
  place: Place;
  fill: SVGElement;
  text: SVGElement | null;
  letter: SVGElement | null;
  box: { x: number; y: number; width: number; height: number };
  shown: Partial<Shown>;
};

export type Shown = {
  state: number;
  code: number;
  value: number | undefined;
  change: boolean;
  active: boolean;
};

export type Edge = {
  node: SVGElement;
  channel: string;
  place: Place;
  path: Path2D;
  state: string;
  page: number; // −1: drawn whichever page of inputs is
};

export type Drawing = {
  theme: string;
  cells: Cell[];
  edges: Edge[];
  texts: SVGElement[];
  colours: { fault: string; ink: string; line: string };
  followed: number;
};

export type Fold = {
  pages: { group: SVGElement; inputs: number[] }[];
  page: number;
  row: SVGElement | null;
  after: Node | null;
};

/** The place that an equation is about. */
export type Target = { name: string; layer: number; u: number; v: number };

/** What a non-finite value came from: where, when, in which sample, and in words. */
export type Source = { channel: string; frame: number; sample?: number; words: string };

export type Card = { key: string | null; slots: Element[]; source: Source | null; truth: Truth | null };

export type Questions = {
  send: ((question: Question & Omit<Asked, "number">) => void) | null;
};

export type Drag = { unit: number; reach: number; value: number; moved: boolean };

/** A training under way for the experiment `of`, and whether as much of it is there as is wanted. */
export type Job = { of: Experiment; training: Training; done: boolean };

/** What widgets and a dragged input say, what is to be shown of it, and the work on it. */
export type Live = {
  moves: Moves;
  dragged: Moves;
  wanted: Experiment | null;
  shown: Job | null;
  all: Job | null;
  timer: number;
};

export type Pace = { operations?: number; updates?: number };

type Buttons =
  | "cost-button"
  | "before"
  | "change"
  | "samples"
  | "first"
  | "update-back"
  | "operation-back"
  | "play"
  | "operation-on"
  | "update-on"
  | "end"
  | "to-fault"
  | "undo"
  | "reset"
  | "unselect"
  | "follow-back";

export type Parts = Record<Buttons, HTMLButtonElement> & {
  [name: string]: HTMLElement;
  edges: HTMLCanvasElement;
  strips: HTMLCanvasElement;
  scrubber: HTMLInputElement;
  speed: HTMLSelectElement;
  "editor-value": HTMLInputElement;
};
