import { numberOf } from './number';
import type { Cell } from './sheet';

export interface Sorting {
  column: number;
  descending: boolean;
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

/** The rows in the order of a column; what is empty comes last either way. */
export function sorted(rows: Cell[][], { column, descending }: Sorting): Cell[][] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => compared(a[column] ?? null, b[column] ?? null, sign));
}

function compared(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = [numberOf(a), numberOf(b)];
  return sign * (x !== null && y !== null ? x - y : COLLATOR.compare(String(a), String(b)));
}
