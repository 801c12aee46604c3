// The player: large, and always the same.

import mount from "../stage/player/mount.js";
import { bring } from "./staging.js";

/** @param {{data: string}} component `data` is the style of the stage. */
export default function carryPlayer({ data }) {
  bring({ mount, style: data });
}
