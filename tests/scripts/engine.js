// The engine of the page by itself, as tests and benchmarks ask for it.

import { costsOf } from "../../backprop/stage/engine/costs.js";
import { digestOf } from "../../backprop/stage/engine/digest.js";
import { truthsOf } from "../../backprop/stage/engine/exact/answers.js";
import { firstCostFault, firstFault } from "../../backprop/stage/engine/faults.js";
import { packerOf } from "../../backprop/stage/engine/packing.js";
import { begin } from "../../backprop/stage/engine/start.js";
import { runOf, trainFurther } from "../../backprop/stage/engine/training.js";

/** All updates at once. */
export function train(experiment) {
  const training = begin(experiment);
  trainFurther(training, experiment.updates);
  return training;
}

/** All that it can do; each function says in its own module what it takes and gives. */
export default function engine() {
  return { begin, costsOf, digestOf, firstCostFault, firstFault, packerOf, runOf, train, trainFurther, truthsOf };
}
