/** What the engine's functions take and give; `experiment.py` writes an Experiment in Python. */

import type { Experiment, ExperimentRunner } from "../protocol";

export type { Experiment, ExperimentRunner } from "../protocol";

/** Where the numbers of a network lie in a row of parameters: [W₁ b₁], [W₂ b₂], … row by row. */
export type Layout = {
  sizes: number[];
  bias: boolean;
  ends: number[]; // 0, and where every [Wᵢ bᵢ] ends
  numbers: number;
};

/** An experiment under way; `updates` have been computed of all runs. Samples are columns. */
export type Training = {
  experiment: Experiment;
  format: number; // its place in FORMATS
  layout: Layout;
  samples: number;
  alpha: number; // rounded to the format, as X and y are
  X: Float64Array; // (n₀, samples)
  y: Float64Array; // (n_L, samples)
  updates: number;
  runs: Run[]; // in the order of experiment.runners
};

/** What is recorded of a runner. The rows after `updates` of the training are not yet known. */
export type Run = {
  runner: ExperimentRunner;
  epsilon: number; // rounded to the format
  parameters: Float64Array; // (updates + 1, numbers)
  hOut: Float64Array; // (updates + 1, n_L, samples)
  faulty: number; // the first update that holds a value that is not finite, or −1
};

/** Where a first non-finite value is; counted as in `backprop.engine.faults.Fault`. */
export type FaultPlace = {
  update: number;
  layer: number; // from 1
  unit: number | null; // from 0
  sample: number | null; // from 0
  operation: string;
};

/** Of every update so far: the cost as the form displays it, and as it truly is. */
export type Costs = { shown: Float64Array; true: Float64Array };

/** As `backprop.stage.channels.Channels`, byte for byte. */
export type Packed = {
  updates: number[];
  channels: number;
  striped: number;
  values: Float64Array; // (frames, channels)
  codes: Uint8Array; // (frames, channels)
  states: Uint8Array; // (frames, channels)
  strips: Uint8Array; // (frames, cells, striped)
};
