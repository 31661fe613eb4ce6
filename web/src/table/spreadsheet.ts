import { numberOf } from './number';
import type { Cell, Sheet } from './sheet';

/** What a spreadsheet would take for a formula is made text; a number that is negative stays one. */
function safe(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /^[=+\-@\t\r]/.test(text) && numberOf(cell) === null ? `'${text}` : text;
}

/** Comma-separated values. Source: RFC 4180; the mark at the beginning tells Excel that it is UTF-8. */
export function csv({ columns, rows }: Sheet): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => quoted(safe(cell))).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** Tab-separated values, which spreadsheets take from the clipboard into their cells. */
export function tabSeparated({ columns, rows }: Sheet): string {
  return [columns, ...rows].map((row) => row.map((cell) => safe(cell).replace(/\s+/g, ' ')).join('\t')).join('\n');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
