import { useMemo, useState, type ComponentType } from 'react';
import type { Result } from '../asking/ask';
import { placeName, places, sheetAt, type Sheet } from '../table/sheet';

interface SheetPanelProps {
  response: string;
  of: ComponentType<{ sheet: Sheet }>;
}

/** The answer's lists, of which one is shown at a time. */
export function SheetPanel({ response, of: Shown }: SheetPanelProps) {
  const data = useMemo(() => dataIn(response), [response]);
  const found = useMemo(() => places(data), [data]);
  const [chosen, setChosen] = useState('');
  const place = found.find((one) => placeName(one) === chosen) ?? found[0];
  const sheet = useMemo(() => (data ? sheetAt(data, place) : null), [data, place]);
  if (!sheet) return <p className="dock-empty">Run a query: what it answers is shown here.</p>;
  return (
    <div className="sheet">
      {found.length > 1 && (
        <label className="dock-actions">
          Rows of{' '}
          <select value={place && placeName(place)} onChange={(event) => setChosen(event.target.value)}>
            {found.map(placeName).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <Shown key={place && placeName(place)} sheet={sheet} />
    </div>
  );
}

function dataIn(response: string): unknown {
  try {
    return (JSON.parse(response) as Result).data ?? null;
  } catch {
    return null;
  }
}
