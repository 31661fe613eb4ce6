import type { Cell } from './sheet';

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** The number that a cell is; the gateway sends great and exact ones as text. Null for what is none. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && NUMBER.test(cell) ? Number(cell) : null;
}
