/** The state of a race's player; each part is written by one module. */

import type { RaceAt, RaceOpen } from "../../stage/protocol";
import type { About } from "./scene";

export type Race = {
  root: HTMLElement;
  home: string; // the path of the page
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  scene: { about: About; text: string; values: Float64Array; faults: number[]; visit: string }; // loading.js
  drawn: { charts: Chart[]; cells: Cell[]; links: HTMLAnchorElement[] }; // loading.js
  playhead: { k: number; timer: number; asked: number }; // playhead.js
  clock: { playing: boolean; timer: number }; // playing.js
  hand: { drag: { svg: SVGSVGElement | null; from: number; moved: boolean } | null; chosen: string | null }; // hand.js
  /** Python hears where the playhead is, and what is to be opened on the Live page. */
  say: (name: "at", place: RaceAt) => void;
  open: (name: "open", place: RaceOpen) => void;
};

export type Chart = { svg: SVGSVGElement; line: SVGElement; x0: number; x1: number };

export type Cell = { cell: HTMLElement; runner: number; channel: number; value: number };

export type Parts = Record<"play" | "fault", HTMLButtonElement> & {
  [name: string]: HTMLElement;
  scrub: HTMLInputElement;
};
