// From afar: with a projector no text is smaller than can be read from the last row.

/** @import { Player } from "./player" */

/** @returns {Player["far"]} */
export const newFar = () => ({ own: null });

/** Whether it is looked at from afar, as no sheet is: as Python says, or as a page that has no Python chose itself.
 * @param {Pick<Player, "far" | "paper" | "recording">} player */
export const isFar = ({ far, paper, recording }) => !paper.isLaid && (far.own ?? recording.about.view.projector);

/** The least type from afar, as stage.css has it: 18 pixels in a window 800 high, 24 in one of 1080. */
export const farType = () => Math.max(18, Math.min(30, innerHeight * 0.0225));
