// Written by `python -m backprop.export.typescript`.

/** A runner: its name and swatch as HTML, its link to Live, its end and first fault. */
export type Row = {
  label: string;
  swatch: string;
  query: string;
  kind: string;
  verdict: string;
  fault: number | null;
};

/** What the player is told beside the numbers: charts as SVG, rows, and names of channels. */
export type About = {
  charts: string;
  rows: Row[];
  channels: number;
  names: string[];
  last: number;
  samples: number;
};
