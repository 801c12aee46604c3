/** What the engine's functions take and give; `experiment.py` writes an Experiment in Python. */

import type { Experiment, ExperimentRunner, Kind } from "../protocol";

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
  network: Network | null; // in which it is trained, while it is
};

/** Where a first non-finite value is; counted as in `backprop.engine.faults.Fault`. */
export type FaultPlace = {
  update: number;
  layer: number; // from 1
  unit: number | null; // from 0
  sample: number | null; // from 0
  operation: string;
};

/** The values of the steps at a fault, by name, with h, y and ε. */
export type FaultySteps = Record<string, number>;

/** A sum that left its format: products of one or two factors, over a divisor; what followed at once,
 * and whose update it is, W or b. */
export type FaultySum = {
  products: number[][];
  value: number;
  divisor: number;
  followed?: Record<string, number>;
  letter?: string;
};

/** Words of steps, sums and forms: see engine/faults/words.py. */
export type StepWords = {
  name: string;
  symbol: string;
  formula: string;
  operation: string;
  operands: string[];
  blamed: boolean;
};
export type SumWords = { symbol: string; what: string; follows: string };
/** The steps to δ_L and to the displayed cost; the sentence for a z of exactly 0; the form that keeps all
 * digits of hard labels. */
export type FormWords = {
  delta: StepWords[];
  cost: StepWords[];
  hasEpsilon: boolean;
  zero: string;
  best: string;
};
/** What people call a derivative; of a `soft` one they are told where the label is soft. */
export type Look = { title: string; colour: string; soft: boolean };

/** Of updates: the cost as the form displays it, and as it truly is. */
export type Costs = { shown: Float64Array; true: Float64Array };

/** One update, packed: its channels as in `backprop.stage.channels`, byte for byte, and the strips of
 * its cells, (cells, striped): h of all layers, then z, then δ. */
export type Frame = { values: Float64Array; codes: Uint8Array; states: Uint8Array; strips: Uint8Array };

/** What packs an update of a run: a cell has `striped` segments. */
export type Packer = {
  channels: number;
  striped: number;
  frameAt: (update: number) => Frame;
};

/** Named steps at every h of `hs`, at f; `ys` is of the first of them and repeats. Step k at place n
 * goes to out[k × hs.length + n]. */
export type Steps = {
  steps: string[];
  run: (hs: Float64Array, ys: Float64Array, f: number, out: Float64Array, epsilon: number) => void;
};

/** A form of δ_L; `keepsSlope` is its cost's. */
export type Form = Steps & { keepsSlope: boolean; display: Steps };

/** A hidden activation, as its Python record; `colours` is the kind of its z, `ends` saturate. */
export type Activation = {
  colours: Kind;
  ends: number[];
  compute: (hs: Float64Array, zs: Float64Array, slopes: Float64Array, f: number) => void;
  computeDoubles: (hs: Float64Array, zs: Float64Array, slopes: Float64Array) => void; // the same, f = 0
};

/** One network on one batch, and all that both passes through it compute; samples are columns.
 *
 * `row` holds its numbers, `gradient` ∂J/∂W and ∂J/∂b laid out alike. z has layers 0 … L − 1, each
 * with a row of ones for the bias; h and delta layers 1 … L; slopes and weighted layers 1 … L − 1.
 * `output` are the steps of δ_L, one after the other; the last one is delta[L − 1]. W and dW are
 * views by layers. */
export type Network = {
  layout: Layout;
  samples: number;
  format: number;
  activation: Activation;
  row: Float64Array;
  gradient: Float64Array;
  W: Float64Array[];
  dW: Float64Array[];
  z: Float64Array[];
  h: Float64Array[];
  slopes: Float64Array[];
  weighted: Float64Array[];
  delta: Float64Array[];
  form: Form;
  epsilon: number;
  y: Float64Array;
  output: Float64Array;
};

/** What is computed of the shown sample alone, of the outputs or of all products δ z. */
export type Shown = {
  h: Float64Array;
  y: Float64Array;
  products: Float64Array[]; // of layers 1 … L, (nᵢ, nᵢ₋₁)
  costs: Float64Array; // the steps of the displayed cost, one after the other
  errors: Float64Array; // the true z − y
  trueDelta: Float64Array;
  averages: Float64Array; // the cost of all samples, displayed and true
  wrong: boolean;
};

/** Consecutive channels, (rows, columns), and where they are read. */
export type Block = {
  kind: Kind;
  from: Float64Array;
  start: number;
  rows: number;
  rowStep: number;
  columns: number;
  columnStep: number;
  stateOf: (value: number, row: number) => number; // of a finite value
};

/** c × 10ᵉ, of n decimal digits; infinite where e is ∞, and then c is its sign. */
export type Decimal = { c: bigint; e: number; n: number };

/** An operation on decimals of p digits. */
export type DecimalOperation = (p: number, ...operands: Decimal[]) => Decimal;

/** Of a sample, without rounding: z of layers 0 … L, h and δ of layers 1 … L, the cost of each output. */
export type ExactPass = { z: Decimal[][]; h: Decimal[][]; delta: Decimal[][]; cost: Decimal[] };

/** ∂J/∂W and ∂J/∂b by layers, laid out as in a Network, and the cost. */
export type ExactSums = { gradient: Decimal[][]; cost: Decimal };

/** By channel: the true value, how far the shown one is off ("" if that is endless), and of a step at
 * which digits go, which it is. */
export type Truths = Record<string, string[]>;

/** z and its slope of h, and z, δ and J of h and y, with p digits. */
export type ExactActivation = (h: Decimal, p: number) => { z: Decimal; slope: Decimal };
export type ExactCost = (h: Decimal, y: Decimal, p: number) => { z: Decimal; delta: Decimal; cost: Decimal };
