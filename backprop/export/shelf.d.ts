/** What Python tells of a shelf: shelf.py. */

export type Axis = { name: string; title: string; options: Record<string, string>; walked: boolean };

export type Told = {
  title: string;
  lead: string;
  root: string;
  axes: Axis[];
  pieces: string[];
  blocks: string[];
  drawings: Record<string, number[]>; // the blocks of each, by a word for each axis
  home: string;
};
