/** What Python sends of a booklet, and the state of its player. */

import type { Playhead } from "../stage/protocol";

export type Step = { scene: number; text: string; part: string; aside?: string; query: string } & Playhead;

export type Lesson = {
  id: string;
  steps: Step[];
  after: number; // the step that asks; −1 where none does, and then there are no answers
  question: string;
  answers: string[];
  right: number;
  reveal: string;
  notes: string[];
};

export type About = {
  title: string;
  subtitle: string;
  toggle: { title: string; colour: string; scene?: number }[];
  shown: number;
  place?: Playhead | null;
  lesson?: Lesson;
  home?: string;
  live?: string; // the address of the Live page
  handout?: number; // the part that is the hand-out
  lengths?: number[]; // of the packed parts
};

export type Book = {
  root: HTMLElement;
  about: About;
  sceneOf: (n: number) => Uint8Array | Promise<Uint8Array>;
  scene: number; // −1: none is drawn
  wanted: number;
  step: number;
  answer: number | null;
  votes: Vote[]; // of each answer
  counting: boolean; // whether hands are asked for
  notes: boolean;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  dispose: () => void;
  close: () => void;
};

/** Hands for an answer; null: not counted. */
export type Vote = number | null;

export type Parts = Record<"next" | "back" | "notes-switch" | "hands-reveal", HTMLButtonElement> & {
  live: HTMLAnchorElement;
  [name: string]: HTMLElement;
};
