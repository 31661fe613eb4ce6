import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { Failure } from '../failure';
import { useHeld } from '../held';
import { notice } from './fetcher';

/** The strip above the result that says what went wrong. */
export function NoticeStrip() {
  return (
    <Failure wrong={useHeld(notice)} again={useAgain()}>
      <button type="button" onClick={() => notice.set(null)} aria-label="Hide this message">
        ×
      </button>
    </Failure>
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
