// Written by `python -m backprop.export.typescript`.

export type State = "plain" | "saturated" | "dead" | "nan" | "plus-infinity" | "minus-infinity";

export type Kind = "signed" | "unit" | "weight" | "h" | "delta";

export type Natural = number;

export type Name = string;

export type Question = Drop | Edit | Rest | ShowSample | ShowBeside | Press;

export type Word = number | string | boolean;

export type Moves = Record<string, Word>;

export type Answer = { computed: Computed | null };

/** An operation of one layer in an update, as the playhead stops at it; `title` is for people. */
export type PassOperation = {
  name: "h" | "z" | "cost" | "delta" | "dW" | "update";
  layer: number;
  title: string;
};

/** Who is trained: a name among the runners, the key of a form of δ_L, such as "clip", and ε. */
export type ExperimentRunner = { name: string; form: string; epsilon: number };

/** What is to be trained, as both engines compute it: network, data, and who takes part. */
export type Experiment = {
  sizes: number[];
  bias: boolean;
  hidden: string;
  format: string;
  draws: number[];
  scale: number;
  zeroBiases: boolean;
  outputBias: number;
  weights: [string, number][];
  X: number[][];
  y: number[][];
  edits: [number, number[]][];
  alpha: number;
  updates: number;
  runners: ExperimentRunner[];
  shown: string;
  sample: number;
};

/** The channels of one quantity of one layer, which follow each other from `start` on. */
export type Block = {
  name: string;
  layer: number;
  start: number;
  shape: number[];
  kind: Kind;
  known: number;
  letter: string;
};

/** An equation with places for its numbers, and {u} and {v} for the unit and its source. */
export type Template = { title: string; html: string; operands: string[] };

/** An update, and the number of an operation of it. */
export type At = { update: number; operation: number };

/** Where the player goes in a recording, and what can be done there. */
export type View = {
  update: number;
  operation: string;
  selection: string;
  projector: boolean;
  visit: string;
  token: string;
  reach: number[];
  edited: boolean;
  beside: string;
};

/** Sentences on why a value is special, with the place {i} for the layer. */
export type Notes = {
  hidden: Record<string, Record<string, string>>;
  outputs: Record<string, Record<string, string>>;
  dead: string;
  deadOutputs: Record<string, string>;
};

/** Words and equations for some networks, of which the page takes those of an experiment. */
export type Library = {
  networks: Record<string, Record<string, number>>;
  forms: Record<string, Record<string, number>>;
  templates: Template[];
  notes: Notes;
  operations: Record<string, PassOperation[]>;
  letters: Record<string, string>;
  averages: [string, string];
};

/** What the page computes, and how it is looked at. `features` names the inputs. */
export type BareScene = { experiment: Experiment; view: View; features: string[] };

/** A scene with the words and equations for its experiment. */
export type Scene = { experiment: Experiment; view: View; features: string[]; library: Library };

/** A scene with the name of the library that the page was sent before. */
export type Staged = { experiment: Experiment; view: View; features: string[]; library: string };

/** With every question: its number, from 1, and the recording and update that were shown. */
export type Asked = { number: Natural; token: Name; update: Natural };

/** An input (from 0), and the value at which it was let go. */
export type Placed = { input: Natural; value: number };

/** Show a sample (from 0), with these inputs of it at these values. */
export type Drop = { kind: "drop"; sample: Natural; inputs: Placed[] };

/** Another value for a weight or bias of the start, named as in "W1.0.2" or "b2.1". */
export type Edit = { kind: "edit"; name: Name; value: number };

/** The playhead rests at the update and here: the address follows, a digest is wanted. */
export type Rest = { kind: "rest"; ending: boolean; operation: Name; selection: Name };

/** Show another sample, from 0. */
export type ShowSample = { kind: "sample"; sample: Natural };

/** Show another runner beside the shown one, "" for none. */
export type ShowBeside = { kind: "beside"; name: Name };

/** Take the last edit back, or all; or switch the projector on or off. */
export type Press = { kind: "undo" | "reset" | "projector" };

/** All that a client has not seen heard yet, in order, so that none is lost on the way. */
export type Questions = { client: string; questions: (Asked & Question)[] };

/** The race's playhead, in the visit that it moved in. */
export type RaceAt = { at: Natural; visit: Name };

/** A runner (from 0) and an update, to be opened on the Live page. */
export type RaceOpen = { runner: Natural; update: Natural };

/** Where h is to go: to a place on the slider, a typed text, by floats, or by a difference. */
export type Wish = {
  count: Natural;
  place?: number | null;
  text?: string | null;
  floats?: number | null;
  by?: number | null;
  held?: boolean | null;
  seen?: boolean | null;
};

/** The lesson that the browser keeps, as JSON in parts, since no text may be longer. */
export type KeptLesson = { parts: string[] };

/** What a widget says that Python has not heard yet, by what it sets. */
export type Move = { name: Name; value: unknown };

/** Where a page was whose connection is back: session, visit, the query of its address. */
export type Resumed = {
  number: Natural;
  session: Name;
  visit: Name;
  query: string;
  moves: Move[] | null;
};

/** What Python has computed of a recording, by its `token`. */
export type Computed = { token: string; digest: string; verdict: string };

/** The client that was heard, up to which number; what was computed last. */
export type Answers = { heard: [string, number]; computed: Computed | null };

/** Which numbers a field takes: "real" or "whole" ones, from the one to the other. */
export type Limits = { kind: string; low: number; high: number };

/** A widget beside the stage, by its key: what it sets, and to what in Python's last word. */
export type Watched = {
  name: string;
  value: Word;
  options: Word[];
  labels: string[];
  limits: Limits | null;
};

/** A place that the player is led to: update, operation as "delta.3" or "start", selection. */
export type Playhead = { update: number; operation: string; selection: string };

/** What is dispatched: go, hold and project on a stage's root, the others on the document. */
export type Events = {
  "backprop:move": Moves;
  "backprop:ask": Asked & Question;
  "backprop:answer": Answer;
  "backprop:go": Playhead;
  "backprop:hold": Playhead | null;
  "backprop:project": null;
  "backprop:brought": null;
  "backprop:resume": Resumed;
  "backprop:back": null;
};

/** window.backpropAddress: what of the address outlives each mount, and a server started anew. */
export type WindowAddress = {
  session: string | null;
  visit: string;
  stranger: string;
  query: string | null;
  said: string | null;
  mark: string;
  stepped: number;
  listening: boolean;
  leaving: string | null;
  away: boolean;
  resumed: number;
  moves: Moves | null;
};

/** window.backpropWire: the client's name, the last number, what was not heard yet, its page. */
export type WindowWire = {
  client: string;
  number: number;
  unheard: (Asked & Question)[];
  send: ((event: "ask", questions: Questions) => void) | null;
  home: string;
};

/** window.backpropStage: what a stage is made of, brought by components of their own. */
export type WindowStage = {
  name: string;
  library: Library | null;
  style: string;
  mount: ((component: { data: Scene; parentElement: HTMLElement }) => () => void) | null;
};
