// Being led: who surrounds the stage, such as a lesson, moves the playhead by an event on the
// stage's root, and holds it before a place that the audience is still to predict.

function beLed(player) {
  player.root.addEventListener("backprop:go", ({ detail }) => halt(player, () => goTo(player, detail)));
  player.root.addEventListener("backprop:hold", ({ detail }) => {
    player.hold = detail;
    if (heldBack(player)) moveTo(player, player.frame, player.operation);
  });
}

const operationNumber = (player, name) => player.about.operations.findIndex((o) => operationName(o) === name);

/** Go to an update and an operation such as "delta.3", and select a place or none. */
function goTo(player, { update, operation, selection }) {
  moveTo(player, frameOf(player, update), operationNumber(player, operation));
  select(player, selection && drawn(player, selection) ? selection : null);
}

/** Move the playhead back to the hold if it has passed it; whether it had. */
function heldBack(player) {
  if (!player.hold) return false;
  const frame = frameOf(player, player.hold.update);
  const operation = operationNumber(player, player.hold.operation);
  if (player.frame < frame || (player.frame === frame && player.operation <= operation)) return false;
  player.frame = frame;
  player.operation = operation;
  return true;
}
