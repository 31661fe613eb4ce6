import uPlot from 'uplot';
import type { Kind } from './guess';
import { inkOf, watchInk } from './ink';
import { stacked, type Drawn } from './series';

const COLOURS = [
  '#3a7bd5', '#e0803a', '#2aa876', '#c94f7c', '#8a63d2', '#b59a1f',
  '#3fb1c8', '#d05050', '#6b9e3f', '#a0714f', '#7a8aa6', '#c77dd6',
];
const LONGEST_LABEL = 16;
const GROUP_WIDTH = 0.8;
const FAINT = { stroke: '#8884', width: 1 };
const INKED: uPlot.Axis = { stroke: ({ root }) => inkOf(root), grid: FAINT, ticks: FAINT };

/** Draws into a place, with a legend in another; gives what takes the drawing away. */
export function draw(place: HTMLElement, legend: HTMLElement, content: Drawn, kind: Kind): () => void {
  const { options, data } = prepared(content, kind);
  const size = () => ({ width: place.clientWidth, height: place.clientHeight });
  const mount = (_: uPlot, table: HTMLElement) => legend.append(table);
  const plot = new uPlot({ ...options, legend: { ...options.legend, mount }, ...size() }, data, place);
  reserve(legend, content);
  if (kind === 'stacked') greatestFirst(legend);
  const observer = new ResizeObserver(() => plot.setSize(size()));
  observer.observe(place);
  const forget = watchInk(() => plot.redraw(false, false));
  return () => {
    forget();
    observer.disconnect();
    plot.destroy();
  };
}

function prepared(content: Drawn, kind: Kind) {
  const shown = kind === 'stacked' ? stacked(content) : kind === 'bar' ? sideBySide(content) : content;
  const lines = content.series.map((series, n) => styled(series, n, kind, content.series.length));
  // What is stacked highest is drawn first, so that the others lie before it.
  const order = shown.series.map((_, n) => n);
  if (kind === 'stacked') order.reverse();
  const options: Omit<uPlot.Options, 'width' | 'height'> = {
    series: [{ label: 'at', value: (_, at) => dayOf(labelAt(content, at)) }, ...order.map((n) => lines[n] ?? {})],
    scales: {
      x: { time: content.timed, range: content.timed ? undefined : [-0.6, content.places.length - 0.4] },
      y: { range: (_, low, high) => [Math.min(0, low), Math.max(0, high) * 1.05] },
    },
    axes: [xAxis(content), { ...INKED, size: 70 }],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { live: kind !== 'bar' },
  };
  const data = [shown.places, ...order.map((n) => shown.series[n]?.values ?? [])] as uPlot.AlignedData;
  return { options, data };
}

/** Tells the legend how many characters its values and places have at most. */
function reserve(legend: HTMLElement, content: Drawn): void {
  const longest = (texts: string[]) => String(texts.reduce((most, { length }) => Math.max(most, length), 0));
  const values = content.series.flatMap((series) => series.values.map((value) => String(value ?? '')));
  legend.style.setProperty('--longest-value', longest(values));
  legend.style.setProperty('--longest-place', longest(content.places.map((place) => dayOf(labelAt(content, place)))));
}

/** The legend of what is stacked: its series are drawn, and so listed, from the least on. */
function greatestFirst(legend: HTMLElement): void {
  const [, ...rows] = legend.querySelectorAll('.u-series');
  for (const row of rows.reverse()) row.parentElement?.append(row);
}

/** Bars of several series stand beside each other: each has its own places around that of the group. */
function sideBySide(content: Drawn): Drawn {
  const count = content.series.length;
  const offset = (n: number) => ((n + 0.5) / count - 0.5) * GROUP_WIDTH;
  const places = content.places.flatMap((place) => content.series.map((_, n) => place + offset(n)));
  const series = content.series.map(({ name, values }, own) => {
    const spread = values.flatMap((value) => content.series.map((_, n) => (n === own ? value : undefined)));
    return { name, values: spread as (number | null)[] };
  });
  return { ...content, places, series };
}

/** The legend tells a series' own values, also where they are drawn upon others. */
function styled({ name, values }: Drawn['series'][number], n: number, kind: Kind, count: number): uPlot.Series {
  const stroke = COLOURS[n % COLOURS.length] ?? '#888';
  const value: uPlot.Series.Value = (_, __, ___, at) => (at === null ? '' : String(values[at] ?? ''));
  const told = { label: name, stroke, value };
  if (kind === 'line') return { ...told, width: 2, points: { show: true, size: 5 }, spanGaps: true };
  const width = kind === 'bar' ? GROUP_WIDTH / count : GROUP_WIDTH;
  const paths = uPlot.paths.bars?.({ size: [width, 120] });
  return { ...told, fill: stroke, width: 0, paths, points: { show: false } };
}

function xAxis(content: Drawn): uPlot.Axis {
  if (content.timed) return INKED;
  const values = (_: uPlot, splits: number[]) => splits.map((at) => shortened(labelAt(content, at)));
  return { ...INKED, values, space: 90, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000] };
}

function labelAt(content: Drawn, at: number | null): string {
  if (at === null) return '';
  if (content.timed) return new Date(at * 1000).toISOString().slice(0, 10);
  return content.labels[Math.round(at)] ?? '';
}

/** Of a moment its day is enough. */
function dayOf(label: string): string {
  return label.replace(/^(\d{4}-\d\d-\d\d)T.*/, '$1');
}

function shortened(label: string): string {
  const text = dayOf(label);
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text;
}
