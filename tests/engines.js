// What JavaScript's engine makes of experiments: the parts of engines.py, as digests or whole.

const bytesOf = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** NaNs have the bits of one: what a browser stores for one is its own affair. */
function canonical(numbers) {
  return numbers.map((value) => (Number.isNaN(value) ? NaN : value));
}

/** The parts of an experiment: texts, and arrays. */
export function parts(engine, experiment) {
  const { begin, costsOf, digestOf, firstCostFault, firstFault, packerOf, runOf, trainFurther, truthsOf } = engine;
  const training = begin(experiment);
  while (!trainFurther(training, 7)); // in slices, as a page does
  const found = {};
  const place = (fault) => {
    const places = fault && [fault.update, fault.layer, fault.unit, fault.sample, fault.operation];
    return JSON.stringify(places).replaceAll(",", ", ");
  };
  for (const run of training.runs) {
    const { name } = run.runner;
    const costs = costsOf(training, run);
    found[`parameters of ${name}`] = canonical(run.parameters);
    found[`h_L of ${name}`] = canonical(run.hOut);
    found[`cost of ${name}`] = canonical(costs.shown);
    found[`true cost of ${name}`] = canonical(costs.true);
    found[`first fault of ${name}`] = place(firstFault(training, run));
    found[`first fault of the cost of ${name}`] = place(firstCostFault(training, run));
    found[`digest of ${name}`] = digestOf(training, run);
  }
  const shown = runOf(training, experiment.shown);
  const { sample, updates } = experiment;
  found["true values"] = lines(truthsOf(training, shown, sample, sample % (updates + 1)));
  const packer = packerOf(training, shown, sample);
  const frames = [...Array(training.updates + 1).keys()].map((update) => packer.frameAt(update));
  found.shown = experiment.shown;
  for (const array of ["values", "codes", "states", "strips"]) {
    found[array] = joined(frames.map((frame) => frame[array]));
  }
  return found;
}

/** What there is to be said of true values, a line for each channel, once all slices of the work are done. */
function lines(work) {
  let slice = work.next();
  while (!slice.done) slice = work.next();
  const said = Object.entries(slice.value).map(([channel, words]) => [channel, ...words].join(" | "));
  return said.sort().join("\n");
}

/** Arrays of one kind as one. */
function joined(arrays) {
  const whole = new arrays[0].constructor(arrays.length * arrays[0].length);
  for (const [n, array] of arrays.entries()) whole.set(array, n * array.length);
  return whole;
}

/** Of each experiment the digests of its parts; an engine that fails says how. */
export async function digests(engine, experiments) {
  const all = [];
  for (const experiment of experiments) {
    try {
      const found = parts(engine, experiment);
      for (const [name, part] of Object.entries(found)) {
        if (typeof part === "string") continue;
        const digest = await crypto.subtle.digest("SHA-256", bytesOf(part));
        found[name] = hex(new Uint8Array(digest, 0, 8));
      }
      all.push(found);
    } catch (error) {
      all.push({ failed: String(error.stack ?? error) });
    }
  }
  return all;
}

/** The parts whole, arrays as base64. */
export function whole(engine, experiment) {
  const found = parts(engine, experiment);
  const written = ([name, part]) => [name, typeof part === "string" ? part : base64(bytesOf(part))];
  return Object.fromEntries(Object.entries(found).map(written));
}
