import type { State, Transition } from './workflow';

export const BOX = { width: 290, height: 48, gap: 16 };
const PACE = BOX.height + BOX.gap;
const NEAREST = 22;
const FARTHER = 0.26;

/** Where everything stands: states below each other in order, steps on at their right, steps back at their left. */
export interface Layout {
  width: number;
  height: number;
  x: number;
  boxes: { state: State; y: number }[];
  arrows: { transition: Transition; path: string }[];
}

interface Arc {
  transition: Transition;
  from: number;
  to: number;
}

export function layOut(states: State[], transitions: Transition[]): Layout {
  const places = new Map(states.map((state, place) => [state.name, place]));
  const arcs = transitions.flatMap((transition): Arc[] => {
    const [from, to] = [places.get(transition.fromState), places.get(transition.toState)];
    return from === undefined || to === undefined ? [] : [{ transition, from, to }];
  });
  // A curve goes three quarters of the way to what bends it.
  const margin = bend(Math.max(0, ...arcs.map(({ from, to }) => Math.abs(to - from))) * PACE) * 0.75 + 12;
  const [onward, back] = [arcs.filter(({ from, to }) => from < to), arcs.filter(({ from, to }) => from >= to)];
  return {
    width: BOX.width + 2 * margin,
    height: states.length * PACE,
    x: margin,
    boxes: states.map((state, place) => ({ state, y: topOf(place) })),
    arrows: [...curves(onward, margin + BOX.width, 1), ...curves(back, margin, -1)],
  };
}

function curves(arcs: Arc[], x: number, side: 1 | -1): Layout['arrows'] {
  const ends = endsOf(arcs);
  return arcs.map((arc) => {
    const [start, end] = [portOf(arc, arc.from, ends), portOf(arc, arc.to, ends)];
    const bent = x + side * bend(Math.abs(end - start));
    return { transition: arc.transition, path: `M${x} ${start}C${bent} ${start} ${bent} ${end} ${x} ${end}` };
  });
}

/** Of each state, its arcs from top to bottom so that those of one state do not cross: the longest are the outermost. */
function endsOf(arcs: Arc[]): Map<number, Arc[]> {
  const ends = new Map<number, Arc[]>();
  for (const arc of arcs) {
    for (const place of new Set([arc.from, arc.to])) ends.set(place, [...(ends.get(place) ?? []), arc]);
  }
  for (const [place, own] of ends) own.sort((a, b) => rank(a, place) - rank(b, place));
  return ends;
}

/** Arcs to what is above come first, the nearest ahead; then those to what is below, the farthest ahead. */
function rank({ from, to }: Arc, place: number): number {
  const away = from === place ? to - place : from - place;
  return away < 0 ? -away : Number.MAX_SAFE_INTEGER - away;
}

function portOf(arc: Arc, place: number, ends: Map<number, Arc[]>): number {
  const own = ends.get(place) ?? [];
  return topOf(place) + ((own.indexOf(arc) + 1) * BOX.height) / (own.length + 1);
}

function topOf(place: number): number {
  return place * PACE + BOX.gap / 2;
}

function bend(distance: number): number {
  return NEAREST + distance * FARTHER;
}
