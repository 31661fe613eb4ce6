import type { Notice } from '../asking/notice';

/** What went wrong on a page that asks by itself. */
export function Failure({ wrong, again }: { wrong: Notice | null; again: () => void }) {
  return (
    <div role="alert">
      {wrong && (
        <div className="failure">
          <p>
            <strong>{wrong.title}</strong> {wrong.advice}
          </p>
          <button type="button" onClick={again}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
