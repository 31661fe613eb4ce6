/** A list of an answer as rows and columns: objects are flattened, `key.team.name`, one level below the other. */

export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

export interface Sheet {
  columns: string[];
  rows: Cell[][];
}

/** Where a list is: the fields on the way to it, through other lists too. */
export type Place = readonly string[];

type Fields = Record<string, unknown>;

const WRAPPERS = new Set(['nodes', 'edges', 'node']);
const LOOKED_AT = 50;
const LONGEST_SUMMARY = 200;

/** Every list of objects in the data, outer ones first. */
export function places(data: unknown): Place[] {
  const found = new Map<string, Place>();
  seek(data, [], found);
  return [...found.values()].sort((a, b) => a.length - b.length);
}

function seek(value: unknown, place: Place, found: Map<string, Place>): void {
  if (isRows(value)) {
    found.set(place.join('.'), place);
    for (const row of value.slice(0, LOOKED_AT)) seek(row, place, found);
  } else if (isFields(value)) {
    for (const [name, inner] of Object.entries(value)) seek(inner, [...place, name], found);
  }
}

/** What a place is called: without the words that every connection has. */
export function placeName(place: Place): string {
  return place.filter((name) => !WRAPPERS.has(name)).join(' › ') || 'answer';
}

/** The rows of a place, each with the columns of the rows that it is within; without a place, the data as one row. */
export function sheetAt(data: unknown, place: Place | undefined): Sheet {
  const rows = place ? [...within(data, place, [], {})] : [flat(data, '', null)];
  const columns = columnsOf(rows);
  return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
}

function* within(value: unknown, rest: Place, passed: Place, outer: Row): Generator<Row> {
  const [next, ...further] = rest;
  if (Array.isArray(value)) {
    for (const item of value) {
      const prefix = next === undefined ? '' : `${placeName(passed)}.`;
      yield* within(item, rest, passed, { ...outer, ...flat(item, prefix, next ?? null) });
    }
  } else if (next !== undefined) {
    if (isFields(value)) yield* within(value[next], further, [...passed, next], outer);
  } else if (isFields(value)) {
    yield outer;
  }
}

function flat(value: unknown, prefix: string, skipped: string | null): Row {
  const row: Row = {};
  if (!isFields(value)) return row;
  for (const [name, inner] of Object.entries(value)) {
    if (name !== skipped) Object.assign(row, flatField(WRAPPERS.has(name) ? '' : name, inner, prefix));
  }
  return row;
}

function flatField(name: string, inner: unknown, prefix: string): Row {
  const full = `${prefix}${name}`.replace(/\.$/, '') || 'rows';
  if (isFields(inner)) return flat(inner, name ? `${prefix}${name}.` : prefix, null);
  return { [full]: Array.isArray(inner) ? summary(inner) : (inner as Cell) };
}

/** A list within a row, in one cell; its own place has it as rows. */
function summary(list: unknown[]): string {
  const items = list.map((item) => (isFields(item) ? Object.values(flat(item, '', null)).join(' ') : String(item)));
  const text = items.join(isRows(list) ? '; ' : ', ');
  return text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY)}…` : text;
}

/** An object that is absent in some rows leaves a column of nothing beside those of its fields. */
function columnsOf(rows: Row[]): string[] {
  const filled = new Map<string, boolean>();
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) filled.set(name, (filled.get(name) ?? false) || cell !== null);
  }
  const names = [...filled.keys()];
  return names.filter((name) => filled.get(name) || !names.some((other) => other.startsWith(`${name}.`)));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is Fields[] {
  return Array.isArray(value) && value.length > 0 && isFields(value.find((item) => item !== null));
}
