import { numberOf } from '../table/number';
import type { Cell, Sheet } from '../table/sheet';

export type Kind = 'line' | 'bar' | 'stacked';
export const KINDS: Kind[] = ['line', 'bar', 'stacked'];

/** What a chart shows: columns by their names; `split` makes a series of each of its values. */
export interface Shape {
  kind: Kind;
  x: string;
  y: string;
  split: string;
}

const MOMENT = /^\d{4}-\d\d-\d\d/;
const KEY = 'key.';

/** The columns that can be drawn against an axis. */
export function numericColumns(sheet: Sheet): string[] {
  return sheet.columns.filter((_, column) => every(sheet, column, (cell) => numberOf(cell) !== null));
}

/** The first guess: for groups, their counts by their keys, along time where that is one. Null without numbers. */
export function guess(sheet: Sheet): Shape | null {
  const numeric = numericColumns(sheet);
  const measures = numeric.filter((name) => !name.startsWith(KEY));
  const y = measures.find((name) => name === 'count') ?? measures[0];
  if (y === undefined) return null;
  const keys = sheet.columns.filter((name) => name.startsWith(KEY));
  const labels = keys.length ? keys : sheet.columns.filter((name) => !numeric.includes(name));
  const moment = labels.find((name) => isMoment(sheet, name));
  const x = moment ?? labels[0] ?? sheet.columns[0] ?? y;
  const split = keys.find((name) => name !== x) ?? '';
  return { kind: kindOf(moment, split), x, y, split };
}

export function isMoment(sheet: Sheet, name: string): boolean {
  return every(sheet, sheet.columns.indexOf(name), (cell) => typeof cell === 'string' && MOMENT.test(cell));
}

function kindOf(moment: string | undefined, split: string): Kind {
  if (moment !== undefined) return 'line';
  return split ? 'stacked' : 'bar';
}

function every(sheet: Sheet, column: number, holds: (cell: Cell) => boolean): boolean {
  const filled = sheet.rows.map((row) => row[column] ?? null).filter((cell) => cell !== null);
  return filled.length > 0 && filled.every(holds);
}
