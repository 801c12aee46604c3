// Written by `python -m backprop.stage.typescript` from protocol.py.

export type State = "plain" | "saturated" | "dead" | "nan" | "plus-infinity" | "minus-infinity";

export type Kind = "signed" | "unit" | "weight" | "h" | "delta";

export type Palettes = Record<string, Record<"signed" | "unit", [fill: string, ink: string][]>>;

export type Natural = number;

export type Name = string;

export type Question = Drag | Drop | Edit | Rest | ShowSample | Press;

export type Answer = { truth?: Truth | null; glimpse?: Uint8Array };

/** One operation of an update; the update itself is of layer 0. `title` is for people. */
export type Operation = {
  name: "h" | "z" | "cost" | "delta" | "dW" | "update";
  layer: number;
  title: string;
};

/** Consecutive channels of one quantity of one layer, from `start` on in each frame. */
export type Block = {
  name: string;
  layer: number;
  start: number;
  shape: number[];
  kind: Kind;
  known: number;
  letter: string;
};

/** An equation with places for its numbers, {u} and {v} left open for unit and source. */
export type Template = { title: string; html: string; operands: string[] };

/** An update, and the number of an operation of it. */
export type At = { update: number; operation: number };

/** How a recording is looked at. */
export type View = {
  update: number;
  operation: string;
  selection: string;
  projector: boolean;
  visit: string;
  token: string;
  reach: number[];
  edited: boolean;
};

/** What depends on the numbers; all that a glimpse has. */
export type Told = {
  glimpse: boolean;
  chart: string;
  updates: number[];
  last: number;
  fault: At | null;
  faultCard: string;
  spread: string;
  quietCard: string;
  constants: Record<string, number>;
  samples: number;
  sample: number;
  striped: number;
  view: View;
};

/** What a scene says beside its numbers. */
export type About = {
  glimpse: boolean;
  chart: string;
  updates: number[];
  last: number;
  fault: At | null;
  faultCard: string;
  spread: string;
  quietCard: string;
  constants: Record<string, number>;
  samples: number;
  sample: number;
  striped: number;
  view: View;
  skeleton: string;
  palettes: Palettes;
  blocks: Block[];
  channels: number;
  operations: Operation[];
  layers: number;
  bias: boolean;
  features: string[];
  equations: Record<string, Template>;
  notes: Record<string, string>;
};

/** With every question: its number, from 1, and the recording and update that were shown. */
export type Asked = { number: Natural; token: Name; update: Natural };

/** Show the sample with this input (from 0) at this value, while it is dragged. */
export type Drag = { kind: "drag"; input: Natural; value: number };

/** The same to stay. */
export type Drop = { kind: "drop"; input: Natural; value: number };

/** Another value for a weight or bias of the start, named as in "W1.0.2" or "b2.1". */
export type Edit = { kind: "edit"; name: Name; value: number };

/** The playhead rests at the update and here: the address follows, true values are wanted. */
export type Rest = { kind: "rest"; operation: Name; selection: Name };

/** Show another sample, from 0. */
export type ShowSample = { kind: "sample"; sample: Natural };

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

/** By channel: the true value, and how far the shown one is off ("" if that is endless). */
export type Truth = {
  token: string;
  update: number;
  sample: number;
  values: Record<string, string[]>;
};

/** The client that was heard, up to which number; the latest truth. A glimpse is the body. */
export type Answers = { heard: [string, number]; truth: Truth | null };

/** A place that the player is led to: update, operation as "delta.3" or "start", selection. */
export type Playhead = { update: number; operation: string; selection: string };

/** What is dispatched, by name: on the document, the last two on a stage's root; its detail. */
export type Events = {
  "backprop:ask": Asked & Question;
  "backprop:answer": Answer;
  "backprop:go": Playhead;
  "backprop:hold": Playhead | null;
};

/** window.backpropAddress: what of the address outlives each mount, and a server started anew. */
export type WindowAddress = {
  session: string | null;
  query: string | null;
  said: string | null;
  mark: string;
  stepped: number;
  listening: boolean;
  leaving: string | null;
};

/** window.backpropWire: the client's name, the last number, what was not heard yet, its page. */
export type WindowWire = {
  client: string;
  number: number;
  unheard: (Asked & Question)[];
  send: ((event: "ask", questions: Questions) => void) | null;
  home: string;
};
