import { setInFragment } from '../site/fragment';

export const EVERYTHING = 'everything';

interface ChoicesProps {
  names: string[];
  around: string | null;
  steps: number;
}

/** What is drawn; the address keeps it. */
export function Choices({ names, around, steps }: ChoicesProps) {
  return (
    <>
      <label>
        Around{' '}
        <select value={around ?? EVERYTHING} onChange={(event) => setInFragment('around', event.target.value)}>
          {[EVERYTHING, ...names].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Steps{' '}
        <select
          value={steps}
          disabled={around === null}
          onChange={(event) => setInFragment('steps', event.target.value)}
        >
          {[1, 2].map((count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
      </label>
    </>
  );
}
