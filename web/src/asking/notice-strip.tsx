import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useHeld } from '../held';
import { notice } from './fetcher';

/** The strip above the result that says what went wrong. */
export function NoticeStrip() {
  const wrong = useHeld(notice);
  const again = useAgain();
  return (
    <div role="alert" className="notice">
      {wrong && (
        <div className="notice-strip">
          <p>
            <strong>{wrong.title}</strong> {wrong.advice}
          </p>
          <button type="button" onClick={again}>
            Try again
          </button>
          <button type="button" onClick={() => notice.set(null)} aria-label="Hide this message">
            ×
          </button>
        </div>
      )}
    </div>
  );
}

/** Without a schema, nothing can be completed nor explored: that is asked for first. */
function useAgain(): () => void {
  const { introspect, run, stop } = useGraphiQLActions();
  const knowsSchema = useGraphiQL((state) => Boolean(state.schema));
  return () => {
    stop();
    void (knowsSchema ? run() : introspect());
  };
}
