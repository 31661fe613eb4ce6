import { KINDS, type Edge, type Kind } from './timeline';

const LEFT = 110;
const RIGHT = 80;
const RADIUS = 6;
const APART = 2 * RADIUS + 2;
const TICKS = 6;

/** A lane for each kind, with its items along the axis of time; where moments are close, marks lie upon each other. */
export interface Lanes {
  width: number;
  height: number;
  lanes: { kind: Kind; y: number }[];
  marks: { id: string; kind: Kind; x: number; y: number }[];
  ticks: { x: number; label: string }[];
}

export function lay(edges: Edge[], width = 1100): Lanes {
  const moments = edges.map(({ at }) => Date.parse(at));
  const [start, end] = [moments[0] ?? 0, moments[moments.length - 1] ?? 0];
  const along = (moment: number) => LEFT + ((moment - start) / Math.max(1, end - start)) * (width - LEFT - RIGHT);
  let y = 0;
  const lanes: Lanes['lanes'] = [];
  const marks: Lanes['marks'] = [];
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const own = edges.filter(({ node }) => node.__typename === kind);
    const piled = pile(own.map(({ at }) => along(Date.parse(at))));
    y += (Math.max(0, ...piled.map(({ level }) => level)) + 2) * APART;
    lanes.push({ kind, y });
    piled.forEach(({ x, level }, n) => marks.push({ id: own[n]?.node.id ?? '', kind, x, y: y - level * APART }));
  }
  return { width, height: y + 50, lanes, marks, ticks: ticks(start, end, along) };
}

/** Each on the lowest level where it touches no other. */
function pile(places: number[]): { x: number; level: number }[] {
  const last: number[] = [];
  return places.map((x) => {
    const free = last.findIndex((before) => x - before >= APART);
    const level = free < 0 ? last.length : free;
    last[level] = x;
    return { x, level };
  });
}

function ticks(start: number, end: number, along: (moment: number) => number): Lanes['ticks'] {
  const count = end > start ? TICKS : 1;
  return Array.from({ length: count }, (_, n) => {
    const moment = start + ((end - start) * n) / Math.max(1, count - 1);
    return { x: along(moment), label: shown(new Date(moment).toISOString()) };
  });
}

/** To the minute, in UTC. */
export function shown(at: string): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
