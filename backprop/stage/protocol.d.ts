/** What Python sends to the player, and what the player asks of Python. */

export type Block = {
  name: string;
  layer: number;
  start: number;
  columns: number;
  matrix: boolean;
  size: number;
  kind: string;
};

export type Operation = { name: string; layer: number; title: string };

export type Template = { title: string; html: string; operands: string[] };

/** Update, operation ("delta.3", "update" or "start") and selected channel, as a link has them. */
export type Playhead = { update: number | string; operation: string; selection: string };

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

/** For each theme, the fill and the ink of every code, for values of either sign and from 0 to 1. */
export type Palettes = Record<string, Record<"signed" | "unit", [fill: string, ink: string][]>>;

export type About = {
  glimpse: boolean;
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
  chart: string;
  updates: number[];
  last: number;
  fault: { update: number; operation: number } | null;
  faultCard: string;
  spread: string;
  quietCard: string;
  constants: Record<string, number>;
  samples: number;
  sample: number;
  striped: number;
  view: View;
};

export type Truth = {
  token: string;
  update: number;
  sample: number;
  values: Record<string, string[]>;
};

export type Question =
  | { kind: "drag" | "drop"; input: number; value: number }
  | { kind: "edit"; name: string; value: number }
  | { kind: "sample"; sample: number }
  | ({ kind: "rest" } & Playhead)
  | { kind: "undo" | "reset" | "projector" };

export type Answer = { truth?: Truth | null; glimpse?: Uint8Array<ArrayBuffer> };
