// The words and equations for the network that is shown.

import { bring } from "./staging.js";

/** @import { Library } from "../stage/protocol" */

/** @param {{data: {name: string, library: Library}}} component */
export default function carryWords({ data }) {
  bring(data);
}
