import type { ReactNode } from 'react';
import type { Notice } from './asking/notice';

/** What went wrong, how to go on, and what else may be done about it. */
export function Failure(props: { wrong: Notice | null; again: () => void; children?: ReactNode }) {
  const { wrong, again, children } = props;
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
          {children}
        </div>
      )}
    </div>
  );
}
