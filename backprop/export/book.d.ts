/** What Python sends of a booklet, and the state of its player. */

import type { Playhead, Scene } from "../stage/protocol";

export type Step = { scene: number; text: string; part: string; aside?: string } & Playhead;

export type Lesson = {
  id: string;
  steps: Step[];
  after: number; // the step that asks
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
};

/** A booklet as Python tells it: what all scenes share is there once. */
export type Told = { about: About; shared: Partial<Scene>; scenes: Partial<Scene>[] };

export type Book = {
  root: HTMLElement;
  about: About;
  sceneOf: (n: number) => Scene;
  scene: number; // −1: none is drawn
  step: number;
  answer: number | null;
  notes: boolean;
  at: <Name extends keyof Parts>(name: Name) => Parts[Name];
  dispose: () => void;
  close: () => void;
};

export type Parts = Record<"next" | "back" | "notes-switch", HTMLButtonElement> & { [name: string]: HTMLElement };
