// A scene of a booklet, put together from what all share and what is its own.

/** @import { Scene } from "../stage/protocol" */
/** @import { Told } from "./book" */

/** @param {Told} told @param {number} n */
export function sceneOf({ shared, scenes }, n) {
  const own = scenes[n];
  const whole = { ...shared, ...own };
  for (const name of /** @type {const} */ (["experiment", "equations", "notes"]))
    Object.assign(whole, { [name]: { ...shared[name], ...own[name] } });
  return /** @type {Scene} */ (whole);
}
