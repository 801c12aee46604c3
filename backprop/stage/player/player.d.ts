/** The player's state. Each part is written by one module alone, which is named here. */

import type { Frame, Network, Packer, Training, Truths } from "../engine/engine";
import type {
  Asked,
  At,
  Block,
  Experiment,
  Moves,
  PassOperation,
  Placed,
  Playhead,
  Question,
  Scene,
  Template,
} from "../protocol";

export type {
  Answer,
  Asked,
  Block,
  PassOperation,
  Question,
  Template,
} from "../protocol";

export type Player = {
  root: HTMLElement;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  recording: Recording; // loading.js
  position: Position; // position.js
  clock: { playing: boolean; speed: number; credit: number; last: number; timer: number }; // playing.js
  pause: { timer: number; later: number }; // rest.js
  plot: { chart: Chart | null; width: number; height: number; font: number; type: string }; // plot.js
  looks: { compare: "now" | "before" | "change"; striped: boolean }; // looks.js
  selection: { channel: string | null }; // selecting.js
  drawing: Drawing; // drawing.js
  fold: Fold; // fold.js
  list: { node: HTMLElement | null; leave: (event: Event) => void }; // inputs.js
  card: Card; // equation.js
  editor: { name: string; isSent: boolean }; // editor.js
  questions: Questions; // questions.js
  hand: { drag: Drag | null; dropped: boolean; timer: number }; // hand.js
  live: Live; // live.js
  ahead: { asked: Recording | null; token: string }; // fault.js
  plane: Plane; // plane.js
  pick: { timer: number }; // pick.js
  beside: { name: string; said: string; last: string }; // splitting.js
  other: Other; // beside.js
  visit: { id: string | null; written: number }; // visit.js
  room: Room; // room.js
  far: { own: boolean | null }; // projecting.js
  paper: { isLaid: boolean }; // printing.js
};

/** A recording under way, with the places of its channels. */
export type Recording = {
  whole: Recording | null; // of what a hand changes: the recording of Python's scene
  experiment: Experiment;
  training: Training;
  packer: Packer;
  frames: Map<number, Frame>; // those that were looked at, by their updates
  about: About;
  blocks: Map<string, Block>;
  places: Map<string, Place | null>;
  stripAt: Map<string, number>;
};

/** Python's words on any experiment of one shape and form: L, what is computed in an update and where it
 * lies, equations by "delta.2", notes by "z.3.1" or "delta.2.dead" with places such as {h.3.[u]}. */
export type Spoken = {
  layers: number;
  bias: boolean;
  operations: PassOperation[];
  blocks: Block[];
  equations: Record<string, Template>;
  notes: Record<string, string>;
};

/** What is said of a recording: Python's words, and what the page has computed.
 *
 * Updates are there up to `known`, and will be up to `last`; `sample` (from 0) is the shown one of `samples`, which
 * share `striped` segments of a strip (0: no strips). Cards are HTML, "" where there is nothing to say;
 * `costFault` is that of the displayed cost; `constants` fill the slots of equations that are
 * no channels. */
export type About = Scene &
  Spoken & {
    order: number[]; // of the inputs, those first that are drawn where not all can be
    known: number;
    last: number;
    fault: (At & { sample: number | null }) | null; // from 0; null where it is of all samples
    faultCard: string;
    spread: string;
    ahead: string;
    room: string; // as much as Python may say of what lies ahead
    verdict: string; // Python's, once it is known
    costFault: { update: number; cause: string } | null;
    checked: boolean; // against what the server computed
    disagrees: boolean; // with that
    chart: Chart;
    constants: Record<string, number>;
    samples: number;
    sample: number;
    striped: number;
  };

/** A true cost over updates: what is drawn of it, and the update of the first fault. */
export type Curve = {
  name: string;
  title: string;
  colour: string;
  strong: boolean; // of the shown derivative
  fault: number | null;
  points: [update: number, cost: number][];
};

/** Curves over updates 0 … `last`, on an axis from 10^`low` to 10^`high`, and in words. */
export type Chart = { last: number; low: number; high: number; curves: Curve[]; summary: string };

/** Where a channel lies in a frame, and its block. */
export type Place = { at: number; block: Block };

/** A frame is an update; operation −1: only inputs and weights are known. */
export type Position = {
  frame: number;
  operation: number;
  passedFault: boolean;
  hold: Playhead | null;
  target: { frame: number; operation: number } | null; // an update that is still being computed
  opening: boolean; // nothing has been pressed: the first pass stands there whole
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

/** What the drawing is laid out for: its box, the units of every layer (inputs first), the names of the
 * inputs, and the least and the largest type. */
export type Sheet = {
  width: number;
  height: number;
  sizes: number[];
  names: string[];
  least: number;
  most: number;
  measure: (text: string, font: number) => number;
};

/** What stands in a column: the circles' centre x and radius, their centres y, the box of a cell, its type,
 * and where all that ends. */
type Standing = {
  x: number;
  ys: number[];
  radius: number;
  cellX: number;
  cellWidth: number;
  cellHeight: number;
  font: number;
  right: number;
};

/** A layer. The type of chips is 0: they have no numbers. */
export type Column = Standing & { mode: "stacked" | "line" | "chips"; layer: number; width: number };

/** The inputs: circles, or boxes; `ys` are rows, of which several inputs may take turns; `names` has the
 * lines of each name. */
export type InputColumn = Standing & {
  boxed: boolean;
  names: string[][];
  nameFont: number;
  smallFont: number;
};

/** Where everything lies; the target's boxes are 2 `half` high. */
export type Geometry = {
  width: number;
  height: number;
  font: number;
  heading: number;
  top: number;
  least: number;
  inputs: InputColumn;
  columns: Column[];
  target: { x: number; width: number; half: number; font: number };
};

export type Drawing = {
  theme: string;
  key: string; // of what it was laid out for
  cells: Cell[];
  edges: Edge[];
  texts: SVGElement[];
  colours: { fault: string; ink: string; line: string; white: string };
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

/** A step of an equation: its row, its name, and the channels of its numbers and of its value. */
export type Step = { node: HTMLElement; name: string; numbers: string[]; value: string };

/** A sum of more terms than are shown at once. */
export type Sum = { button: HTMLElement; terms: { node: HTMLElement; factors: string[] }[] };

/** `lost` are the channels of steps in which digits are known to be lost; `truth` has the true values of the
 * update of a recording. */
export type Card = {
  key: string | null;
  kind: string;
  noted: boolean; // says why its value is special
  slots: Element[];
  fitted: string; // of what its form was found
  steps: Step[];
  sums: Sum[];
  open: boolean;
  lost: string[];
  source: Source | null;
  truth: { of: Recording; update: number; values: Truths } | null;
};

/** What a kind of equation takes with the widest numbers, in type of its scale: the number of its form, and
 * the heights of its rows, of the rest of the card, and in it of the note. */
export type Kind = { form: number; rows: number[]; rest: number; note: number; scale: number };

/** In pixels: what the card has (`card`), and what a row that folds others takes (`button`). */
export type Room = {
  size: string;
  equations: string;
  told: string; // how much is said of the fault and of what lies ahead
  fault: number; // pixels that are kept free for it
  card: number;
  button: number;
  kinds: Map<string, Kind>;
  examples: Map<string, string>; // of each kind the equation with the most to show
  scaled: Set<string>; // the kinds for which larger type has been tried
  type: string; // the width and type in which was measured
  measured: Map<string, Kind>; // by a sheet's HTML and scale, as long as that is the same
};

export type Questions = {
  send: ((question: Question & Omit<Asked, "number">) => void) | null;
};

/** Inputs of a sample in the hand, with their values now. */
export type Drag = { sample: number; inputs: Placed[]; moved: boolean };

/** Where the plane of two inputs lies on its canvas, in pixels: a scale for each axis. */
export type PlaneArea = { width: number; height: number; middle: number[]; scale: number[] };

/** h of the first output on a lattice that covers the area, and its colours. */
export type Field = {
  columns: number;
  rows: number;
  area: PlaneArea;
  network: Network;
  h: Float64Array;
  image: HTMLCanvasElement;
};

/** The network of all samples, and what is special about each. */
export type Samples = { network: Network; states: Uint8Array };

/** What is drawn of a recording, and of which frame it is. */
export type Scatter = {
  recording: Recording;
  field: Field;
  samples: Samples;
  places: number[][];
  pixels: number[][];
  frame: number;
};

/** The half beside the shown one, the recording that it follows, and the work on it. */
export type Other = { half: Player | null; of: Recording | null; timer: number };

export type PlaneColours = {
  palette: [fill: string, ink: string][];
  ink: string;
  line: string;
  paper: string;
  fault: string;
  shown: string;
  font: string;
  hatch: CanvasPattern | string;
};

export type Plane = {
  width: number;
  height: number;
  colours: PlaneColours | null;
  scatter: Scatter | null;
  fieldKey: string;
};

/** What widgets and a dragged input say, what is to be shown of it next, and the training of all
 * runners for the curves of an experiment. */
export type Live = {
  moves: Moves;
  dragged: Moves;
  next: Recording | null;
  curves: { of: Experiment; training: Training; isDone: boolean } | null;
  timer: number;
  home: { frame: number; operation: number } | null; // where the playhead was before there were fewer updates
  moved: number; // when, by the clock of the page
};

export type Pace = { operations?: number; updates?: number };

type Buttons =
  | "ask-ahead"
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
  | "fold-steps"
  | "enlarge-equation"
  | "enlarge-chart"
  | "follow-back";

export type Parts = Record<Buttons, HTMLButtonElement> & {
  [name: string]: HTMLElement;
  edges: HTMLCanvasElement;
  plane: HTMLCanvasElement;
  strips: HTMLCanvasElement;
  scrubber: HTMLInputElement;
  speed: HTMLSelectElement;
  beside: HTMLSelectElement;
  "editor-value": HTMLInputElement;
};
