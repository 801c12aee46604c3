// Putting a recording on the stage.

import { all } from "../../drawing/dom.js";
import { dress, forget } from "./drawing.js";
import { forgetEquation } from "./equation.js";
import { isFar } from "./far.js";
import { fit } from "./fitting.js";
import { paint } from "./painting.js";
import { put, setOpening } from "./position.js";
import { connect } from "./questions.js";
import { rest } from "./rest.js";
import { choose } from "./selecting.js";
import { hearBeside } from "./splitting.js";
import { layStatus, paintStatus } from "./status.js";
import { enterVisit } from "./visit.js";

/** @import { Player, Recording } from "./player" */

/** The playhead stays unless a link moves it. @param {Player} player @param {Recording} recording */
export function load(player, recording) {
  const { root, position, selection } = player;
  const { equations, notes } = player.recording.about;
  const speaksOtherwise = recording.about.equations !== equations || recording.about.notes !== notes;
  player.recording = recording;
  connect(player);
  const isDressedAnew = dress(player);
  root.classList.toggle("projector", isFar(player));
  root.dataset.followed = String(recording.whole !== null); // Python has not heard of it yet
  root.dataset.editable = String(player.questions.send !== null);
  layStatus(player);
  hearBeside(player);
  const begins = enterVisit(player);
  const { frame, operation } = begins ?? {
    frame: position.target?.frame ?? position.frame,
    operation: position.operation,
  };
  put(recording, position, frame, operation);
  if (begins) setOpening(position, begins.opening);
  paintStatus(player); // the rest is fitted below what this takes
  fit(player, isDressedAnew);
  limitInputs(player);
  if (!recording.whole || speaksOtherwise) {
    forget(player);
    forgetEquation(player);
  }
  choose(player, begins ? begins.selection : selection.channel);
  paint(player);
  rest(player);
}

/** How far each input can be moved, for those who do not see it. @param {Player} player */
function limitInputs({ at, recording }) {
  for (const input of all(at("drawing"), ".input", SVGElement)) {
    const reach = recording.about.view.reach[Number(input.dataset.unit)] ?? 0;
    input.setAttribute("aria-valuemin", String(-reach));
    input.setAttribute("aria-valuemax", String(reach));
  }
}
