import { numberOf } from '../table/number';
import type { Cell, Sheet } from '../table/sheet';
import { isMoment, type Shape } from './guess';

/** What is drawn: a value of each series for each place along the axis. */
export interface Drawn {
  /** Whether places are moments, in seconds; otherwise they are numbered, and have labels. */
  timed: boolean;
  places: number[];
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
}

const MOST_SERIES = 11;
const NOTHING = '(none)';
const OTHERS = '(others)';

export function drawn(sheet: Sheet, shape: Shape): Drawn {
  const [x, y, split] = [shape.x, shape.y, shape.split].map((name) => sheet.columns.indexOf(name)) as Triple;
  const labels = unique(sheet.rows.map((row) => labelOf(row[x])));
  const timed = shape.kind === 'line' && isMoment(sheet, shape.x);
  if (isMoment(sheet, shape.x)) labels.sort();
  const names = shape.split ? greatest(sheet, split, y) : [shape.y];
  const values = names.map(() => labels.map((): number | null => null));
  const [rowOf, columnOf] = [numbered(names), numbered(labels)];
  for (const row of sheet.rows) {
    const name = shape.split ? labelOf(row[split]) : shape.y;
    const line = values[rowOf.get(name) ?? names.length - 1];
    const number = numberOf(row[y] ?? null);
    const place = columnOf.get(labelOf(row[x]));
    if (line && place !== undefined && number !== null) line[place] = (line[place] ?? 0) + number;
  }
  const places = labels.map((label, n) => (timed ? secondsOf(label) : n));
  return { timed, places, labels, series: names.map((name, n) => ({ name, values: values[n] ?? [] })) };
}

type Triple = [number, number, number];

/** Each series upon those before it. */
export function stacked({ series, ...rest }: Drawn): Drawn {
  const sums = rest.places.map(() => 0);
  const raised = series.map(({ name, values }) => {
    return { name, values: values.map((value, n) => (sums[n] = (sums[n] ?? 0) + (value ?? 0))) };
  });
  return { ...rest, series: raised };
}

/** The names of the series with the greatest sums; the last stands for all others where there are too many. */
function greatest(sheet: Sheet, split: number, y: number): string[] {
  const sums = new Map<string, number>();
  for (const row of sheet.rows) {
    const name = labelOf(row[split]);
    sums.set(name, (sums.get(name) ?? 0) + Math.abs(numberOf(row[y] ?? null) ?? 0));
  }
  const names = [...sums.keys()].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0));
  return names.length > MOST_SERIES + 1 ? [...names.slice(0, MOST_SERIES), OTHERS] : names;
}

function labelOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? NOTHING : String(cell);
}

/** As the clock showed it where it was asked for: a month's first day is no other month's last one elsewhere. */
function secondsOf(moment: string): number {
  return Date.parse(moment.length > 10 ? `${moment.slice(0, 19)}Z` : moment) / 1000;
}

function unique(labels: string[]): string[] {
  return [...new Set(labels)];
}

function numbered(names: string[]): Map<string, number> {
  return new Map(names.map((name, n) => [name, n]));
}
