// Playing and moving: a position is a frame and an operation (−1: only inputs and weights known).

const SPEEDS = [
  { title: "guided", operations: 0 },
  { title: "1 operation/s", operations: 1 },
  { title: "3 operations/s", operations: 3 },
  { title: "10 operations/s", operations: 10 },
  { title: "3 updates/s", updates: 3 },
  { title: "10 updates/s", updates: 10 },
  { title: "30 updates/s", updates: 30 },
  { title: "60 updates/s", updates: 60 },
];

const lastFrame = (player) => player.about.updates.length - 1;

function lastOperation(player) {
  const last = player.about.operations.length - 1;
  return player.about.updates[player.frame] === player.about.last ? last - 1 : last; // the last pass has no update
}

function moveTo(player, frame, operation) {
  player.frame = Math.max(0, Math.min(frame, lastFrame(player)));
  player.operation = Math.max(-1, Math.min(operation, lastOperation(player)));
  heldBack(player);
  player.passedFault = reachedFault(player);
  paint(player);
  rest(player);
}

function stepOperation(player, by) {
  const next = player.operation + by;
  if (next < -1 && player.frame > 0) return moveTo(player, player.frame - 1, Infinity);
  if (by > 0 && player.operation >= lastOperation(player) && player.frame < lastFrame(player)) return moveTo(player, player.frame + 1, 0);
  moveTo(player, player.frame, next);
}

const stepUpdate = (player, by) => moveTo(player, player.frame + by, player.operation < 0 ? Infinity : player.operation);
const toStart = (player) => moveTo(player, 0, -1);
const toEnd = (player) => moveTo(player, Infinity, Infinity);
const toUpdate = (player, update) => moveTo(player, frameOf(player, update), player.operation < 0 ? Infinity : player.operation);

function toFault(player) {
  const { fault, updates } = player.about;
  if (fault) moveTo(player, updates.indexOf(fault.update), fault.operation);
}

const atEnd = (player) => player.frame === lastFrame(player) && player.operation >= lastOperation(player);

function setPlaying(player, playing) {
  if (playing && atEnd(player)) toStart(player);
  player.playing = playing;
  player.credit = playing ? 1 : 0;
  player.last = performance.now();
  cancelAnimationFrame(player.timer);
  if (playing) player.timer = requestAnimationFrame((now) => tick(player, now));
  paintStatus(player);
  rest(player);
}

function tick(player, now) {
  const pace = paceHere(player);
  const rate = pace.operations || pace.updates;
  player.credit = Math.min(player.credit + (Math.min(now - player.last, 250) / 1000) * rate, 4);
  player.last = now;
  let moved = false;
  while (player.credit >= 0.999 && player.playing) {
    player.credit -= 1;
    moved = true;
    advance(player, pace);
  }
  if (moved) {
    paint(player);
    writeAddressSometimes(player);
  }
  if (player.playing) player.timer = requestAnimationFrame((later) => tick(player, later));
}

/** One operation or one update on; stops at the first fault the first time, and at the end. */
function advance(player, pace) {
  const { updates, fault } = player.about;
  if (pace.updates) {
    if (player.frame < lastFrame(player)) player.frame += 1;
    player.operation = lastOperation(player);
  } else if (player.operation < lastOperation(player)) player.operation += 1;
  else if (player.frame < lastFrame(player)) {
    player.frame += 1;
    player.operation = 0;
  }
  if (heldBack(player)) stop(player);
  else if (!player.passedFault && reachedFault(player)) {
    player.passedFault = true;
    player.frame = updates.indexOf(fault.update);
    player.operation = fault.operation;
    stop(player);
  } else if (atEnd(player)) stop(player);
}

function stop(player) {
  player.playing = false;
  player.root.dataset.playing = false;
  rest(player);
}

/** Guided: the first update and the one that breaks operation by operation, the rest by updates. */
function paceHere(player) {
  const chosen = SPEEDS[player.speed];
  if (chosen.operations !== 0) return chosen;
  const { fault, updates, operations } = player.about;
  const update = updates[player.frame];
  const next = player.operation >= operations.length - 1;
  if (update === 0 && !next) return { operations: 3 };
  if (fault && !player.passedFault && (update === fault.update || (update + 1 === fault.update && next))) return { operations: 2 };
  if (fault && player.passedFault && update === fault.update) return { operations: 2 };
  return { updates: fault && !player.passedFault ? 5 : 12 };
}

/** Once the playhead rests: the summary, the address, and Python, who knows the true values. */
function rest(player) {
  clearTimeout(player.settling);
  if (player.playing) return;
  player.settling = setTimeout(() => {
    announce(player);
    writeAddress(player);
    if (!player.drag && !player.about.glimpse) ask(player, { kind: "rest", ...playheadOf(player) });
  }, 250);
}

function setUpScrubber(player) {
  const { about } = player;
  const scrubber = player.at("scrubber");
  scrubber.max = about.last;
  const mark = player.at("fault-tick");
  mark.hidden = !about.fault;
  if (about.fault) {
    mark.style.left = `calc(8px + ${about.fault.update / Math.max(1, about.last)} * (100% - 16px))`;
    mark.title = `first non-finite value: update ${about.fault.update}`;
  }
  player.at("to-fault").disabled = !about.fault;
}
