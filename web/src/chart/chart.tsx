import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Sheet } from '../table/sheet';
import { draw } from './drawing';
import { guess, KINDS, numericColumns, type Kind, type Shape } from './guess';
import { drawn } from './series';

/** A sheet as a chart, by a first guess that can be changed. */
export function Chart({ sheet }: { sheet: Sheet }) {
  const guessed = useMemo(() => guess(sheet), [sheet]);
  const [changed, setChanged] = useState<Partial<Shape>>({});
  if (!guessed) return <p className="dock-empty">These rows have no numbers to draw.</p>;
  const shape = { ...guessed, ...changed };
  return (
    <>
      <Choices sheet={sheet} shape={shape} change={(part) => setChanged({ ...changed, ...part })} />
      <Picture sheet={sheet} shape={shape} />
    </>
  );
}

interface ChoicesProps {
  sheet: Sheet;
  shape: Shape;
  change: (part: Partial<Shape>) => void;
}

function Choices({ sheet, shape, change }: ChoicesProps) {
  return (
    <div className="dock-actions">
      <Choice label="Draw as" value={shape.kind} among={KINDS} choose={(kind) => change({ kind: kind as Kind })} />
      <Choice label="of" value={shape.y} among={numericColumns(sheet)} choose={(y) => change({ y })} />
      <Choice label="by" value={shape.x} among={sheet.columns} choose={(x) => change({ x })} />
      <Choice label="for each" value={shape.split} among={['', ...sheet.columns]} choose={(split) => change({ split })} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  among: string[];
  choose: (value: string) => void;
}

function Choice({ label, value, among, choose }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
        {among.map((name) => (
          <option key={name} value={name}>
            {name || '(all)'}
          </option>
        ))}
      </select>
    </label>
  );
}

function Picture({ sheet, shape: { kind, x, y, split } }: { sheet: Sheet; shape: Shape }) {
  const place = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const content = drawn(sheet, { kind, x, y, split });
    if (place.current && legend.current) return draw(place.current, legend.current, content, kind);
  }, [sheet, kind, x, y, split]);
  const told = `A ${kind} chart of ${y} by ${x}${split ? ` for each ${split}` : ''}; the table has its numbers.`;
  return (
    <>
      <div className="chart" ref={place} role="img" aria-label={told} />
      <div className="legend" ref={legend} role="region" aria-label="Legend" tabIndex={0} />
    </>
  );
}
