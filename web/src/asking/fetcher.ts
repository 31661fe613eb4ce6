import { Held } from '../held';
import { identity, isDemo } from '../viewer/identity';
import { ask, type Operation, type Result } from './ask';
import { named } from './named';
import { noticeOf, type Notice } from './notice';

/** What went wrong last; null when the last answer was well. */
export const notice = new Held<Notice | null>(null);

interface Observer {
  next: (result: Result) => void;
  complete: () => void;
}

/** An answer that is asked for by whoever subscribes; who unsubscribes before it is there ends the request. */
interface Answering {
  subscribe: (observer: Observer) => { unsubscribe: () => void };
}

/** What GraphiQL asks by: one function for good, or it would take the schema for another's with each drawing. */
export function fetcher(operation: Operation): Answering {
  return {
    subscribe(observer) {
      const ending = new AbortController();
      void answered(operation, ending.signal).then((result) => {
        if (ending.signal.aborted) return;
        observer.next(result);
        observer.complete();
      });
      return { unsubscribe: () => ending.abort() };
    },
  };
}

async function answered(operation: Operation, signal: AbortSignal): Promise<Result> {
  const answer = await ask(named(operation), {}, signal);
  const wrong = noticeOf(answer, !isDemo && identity.get() !== '');
  if (!signal.aborted) notice.set(wrong);
  return answer?.result ?? { errors: [{ message: wrong?.title ?? '' }] };
}
