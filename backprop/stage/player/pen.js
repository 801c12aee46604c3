// What draws on a canvas, and measures texts.

/** @type {CanvasRenderingContext2D | null} */
let measuring = null;

/** @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context) return context;
  throw new Error("A canvas with two dimensions is required; this browser has none.");
}

/** The width of a text in a type such as "800 12px serif". @param {string} text @param {string} type */
export function textWidth(text, type) {
  measuring ??= contextOf(document.createElement("canvas"));
  measuring.font = type;
  return measuring.measureText(text).width;
}
