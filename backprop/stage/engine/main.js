// The engine of the page: the arithmetic of backprop.engine, bit for bit, without a server.

import { costsOf } from "./costs.js";
import { deadSamples } from "./dead.js";
import { digestOf } from "./digest.js";
import { firstCostFault, firstFault } from "./faults.js";
import { pack } from "./packing.js";
import { begin } from "./start.js";
import { runOf, train, trainFurther } from "./training.js";

/** All that it can do; each function says in its own module what it takes and gives. */
export default function engine() {
  return { begin, costsOf, deadSamples, digestOf, firstCostFault, firstFault, pack, runOf, train, trainFurther };
}
