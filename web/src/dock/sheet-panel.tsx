import { useMemo, useState, type ComponentType } from 'react';
import { isEmpty, type Result } from '../asking/ask';
import { placeName, places, sheetAt, type Sheet } from '../table/sheet';

interface SheetPanelProps {
  response: string;
  of: ComponentType<{ sheet: Sheet }>;
}

/** The answer's lists, of which one is shown at a time. */
export function SheetPanel({ response, of: Shown }: SheetPanelProps) {
  const result = useMemo(() => resultIn(response), [response]);
  const data = result?.data;
  const found = useMemo(() => places(data), [data]);
  const [chosen, setChosen] = useState('');
  const place = found.find((one) => placeName(one) === chosen) ?? found[0];
  const sheet = useMemo(() => sheetAt(data, place), [data, place]);
  if (!result) return <p className="dock-empty">Run a query: what it answers is shown here.</p>;
  if (isEmpty(result)) return <p className="dock-empty">The answer has nothing to show.</p>;
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

function resultIn(response: string): Result | null {
  try {
    return JSON.parse(response) as Result;
  } catch {
    return null;
  }
}
