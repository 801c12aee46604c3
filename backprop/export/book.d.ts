/** The state of a booklet's player; what Python tells it is in told.d.ts. */

import type { Given, Offer, Told } from "./told";

/** Words of a link, by the names of their fields. */
export type Words = Record<string, string>;

/** A text as a field takes it: its word in a link, or what was required. */
export type Reading = { word: string; required?: undefined } | { word?: undefined; required: string };

/** Where a slider goes: in even steps, or from stop to stop. */
export type Slider = { min: number; max: number; step: number; stops?: number[] };

/** A control of one word. */
export type Control = { box: HTMLElement; paint: (word: string) => void; enable: (on: boolean) => void };

/** `move` is told null where nothing is meant any more. */
export type NumberControl = {
  name: string;
  title: string;
  offer: () => Offer; // as it is now
  slider: (value: number) => Slider;
  move: (value: number | null) => void;
  take: (word: string) => string;
};

/** Its controls; `names` are those of the cells. */
export type Panel = { fields: Record<string, Control>; cells: Control[]; names: string };

export type Book = {
  root: HTMLElement;
  told: Told;
  given: Given; // the scene, its words whole
  base: Words; // its words, with the playhead of the lesson's step
  words: Words; // as they are now
  undo: Words[]; // the edits before each
  address: string; // what its address says behind #
  panel: Panel;
  step: number;
  answer: number | null;
  wish: { step: number; words: Words } | null; // what the address asked for before the answer
  votes: Vote[]; // of each answer
  counting: boolean; // whether hands are asked for
  notes: boolean;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  choose: (derivative: string) => void;
  follow: () => void; // once something else is shown, or seen
  dispose: () => void;
  close: () => void;
};

/** Hands for an answer; null: not counted. */
export type Vote = number | null;

export type Parts = Record<"next" | "back" | "notes-switch" | "hands-reveal", HTMLButtonElement> & {
  live: HTMLAnchorElement;
  [name: string]: HTMLElement;
};
