// Written by `python -m backprop.export.typescript`.

import type { Notes, PassOperation, Template } from "../stage/protocol";

/** A field as a page without Python has it; see `fields.Field`. `titles` are of its options. */
export type Offer = {
  kind: string;
  required: string;
  title?: string;
  titles?: Record<string, string>;
  low?: number;
  high?: number;
  options?: string[];
  pattern?: string;
  stops?: number[];
  reach?: number[];
};

/** What a page without Python offers: fields, cells of a sample; the words of a refusal. */
export type Offers = {
  fields: Record<string, Offer>;
  cells: Record<string, Offer>;
  refused: string;
  problem: string;
  strange: string;
};

/** Samples and the names of their inputs, and how far each input can be dragged from 0. */
export type Data = {
  X: number[][];
  y: number[][];
  features: string[];
  reach: number[];
  rate?: number;
};

/** All that scenes are made of: words and equations, data by name, random numbers by seed. */
export type Library = {
  networks: Record<string, Record<string, number>>;
  forms: Record<string, Record<string, number>>;
  templates: Template[];
  notes: Notes;
  operations: Record<string, PassOperation[]>;
  letters: Record<string, string>;
  averages: [string, string];
  offers: Offers;
  data: Record<string, Data>;
  draws: Record<string, number[]>;
  costs: Record<string, string[]>;
  clamped: string[];
  described: string;
};

/** A scene as the page comes with it, in the words of a link; `data` names its samples. */
export type Given = {
  words: Record<string, string>;
  data: string;
  runners?: string[];
  query?: Record<string, string>;
};

/** A step of a lesson: where it leads, and the part of the stage that it points to ("": none). */
export type BookStep = {
  update: number;
  operation: string;
  selection: string;
  text: string;
  scene: number;
  part: string;
  aside: string;
};

/** A lesson, which asks `question` at step `after`, and whose answer `right` is right. */
export type BookLesson = {
  id: string;
  steps: BookStep[];
  after: number;
  question: string;
  answers: string[];
  right: number;
  reveal: string;
  notes: string[];
};

/** Titles; a lesson's steps; `live`, the address of the Live page where it is known. */
export type BookAbout = {
  title: string;
  subtitle: string;
  projector: boolean;
  lesson?: BookLesson;
  handout?: [string[], string];
  live?: string;
};

/** A booklet as its script takes it; `home` is a link to an index beside it, if any. */
export type Told = { about: BookAbout; library: Library; scenes: Given[]; home?: string };

/** An axis as the script takes it. */
export type ShelfAxis = {
  name: string;
  title: string;
  options: Record<string, string>;
  walked: boolean;
};

/** A shelf as its script takes it: every block once, in `pieces` of which `blocks` are made. */
export type ShelfTold = {
  title: string;
  lead: string;
  root: string;
  axes: ShelfAxis[];
  pieces: string[];
  blocks: string[];
  drawings: Record<string, number[]>;
  home: string;
};
