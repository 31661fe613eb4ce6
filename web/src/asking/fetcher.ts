import { Held } from '../held';
import { identity, isDemo } from '../viewer/identity';
import { ask, type Operation, type Result } from './ask';
import { named } from './named';
import { noticeOf, type Notice } from './notice';

/** What went wrong last; null when the last answer was well. */
export const notice = new Held<Notice | null>(null);

/** What GraphiQL asks by: one function for good, or it would take the schema for another's with each drawing. */
export async function fetcher(operation: Operation): Promise<Result> {
  const answer = await ask(named(operation));
  const wrong = noticeOf(answer, !isDemo && identity.get() !== '');
  notice.set(wrong);
  return answer?.result ?? { errors: [{ message: wrong?.title ?? '' }] };
}
