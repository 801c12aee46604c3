// Names that fit: in one line, or in two, or shortened in the middle, where ends tell them apart.

/** @typedef {(text: string, font: number) => number} Measure the width of a text */

/** The lines of each name, and the width of the widest, at most `most`. A name too long for a line of type
 * `font` is broken at a blank into two of type `small` (0: into none).
 * @param {string[]} names @param {number} most @param {number} font @param {number} small @param {Measure} measure */
export function fitNames(names, most, font, small, measure) {
  const lines = names.map((name) => linesOf(name, most, font, small, measure));
  const widths = lines.flatMap((some) => some.map((line) => measure(line, some.length > 1 ? small : font)));
  return { lines, width: Math.min(most, Math.max(0, ...widths)) };
}

/** @param {string} name @param {number} most @param {number} font @param {number} small @param {Measure} measure */
function linesOf(name, most, font, small, measure) {
  const words = name.split(" ").filter(Boolean);
  if (measure(name, font) <= most) return [name];
  if (!small || words.length < 2) return [shortened(name, most, font, measure)];
  const breaks = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const longest = (/** @type {string[]} */ some) => Math.max(...some.map((line) => measure(line, small)));
  const best = breaks.reduce((a, b) => (longest(b) < longest(a) ? b : a));
  return best.map((line) => shortened(line, most, small, measure));
}

/** The text, or as much of its beginning and end as has room, with … between.
 * @param {string} text @param {number} most @param {number} font @param {Measure} measure */
function shortened(text, most, font, measure) {
  if (measure(text, font) <= most) return text;
  for (let letters = text.length - 1; letters > 1; letters -= 1) {
    const end = Math.floor((letters - 1) / 2);
    const tried = `${text.slice(0, letters - 1 - end)}…${end ? text.slice(-end) : ""}`;
    if (measure(tried, font) <= most) return tried;
  }
  return "…";
}
