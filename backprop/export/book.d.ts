/** What Python sends of a booklet, and the state of its player. */

import type { Experiment, Playhead, Scene } from "../stage/protocol";

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
  live?: string; // the address of the Live page
  handout?: [pieces: string[], order: number[]]; // of its HTML
};

/** A booklet as Python tells it: what all scenes share is there once. */
export type Told = { about: About; shared: Part; scenes: Part[] };

/** Part of a scene, and of its dictionaries. */
export type Part = Partial<Omit<Scene, "experiment">> & { experiment?: Partial<Experiment> };

export type Book = {
  root: HTMLElement;
  about: About;
  sceneOf: (n: number) => Scene;
  scene: number; // −1: none is drawn
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
