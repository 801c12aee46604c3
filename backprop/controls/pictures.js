// Pictures to save: an SVG as it is, or drawn by the browser as a PNG of three times its size.

import { one } from "../drawing/dom.js";

/** @param {{data: {pictures: Record<string, string>}, parentElement: HTMLElement}} component */
export default function mountPictures({ data, parentElement }) {
  const rows = Object.entries(data.pictures).map(([title, svg]) => row(title, svg));
  one(parentElement, ".pictures", HTMLElement).replaceChildren(...rows);
}

/** @param {string} title @param {string} svg */
function row(title, svg) {
  const line = document.createElement("p");
  const asSvg = button(title, ".svg", () => save(blobOf(svg), fileName(title, ".svg")));
  const asPng = button(title, ".png", () => savePng(title, svg));
  line.append(`${title}: `, asSvg, " ", asPng);
  return line;
}

/** @param {string} title @param {string} kind @param {() => void} act */
function button(title, kind, act) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = kind;
  node.setAttribute("aria-label", `${title} (${kind})`);
  node.addEventListener("click", act);
  return node;
}

/** @param {string} svg */
const blobOf = (svg) => new Blob([svg], { type: "image/svg+xml" });
/** @param {string} title @param {string} kind */
const fileName = (title, kind) => `backprop-${title.toLowerCase().replaceAll(" ", "-")}${kind}`;

/** @param {string} title @param {string} svg */
async function savePng(title, svg) {
  const address = URL.createObjectURL(blobOf(svg));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const [, , width, height] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "0 0 300 150").split(" ").map(Number);
  canvas.width = 3 * width;
  canvas.height = 3 * height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((png) => png && save(png, fileName(title, ".png")), "image/png");
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
