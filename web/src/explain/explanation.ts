import { ask, type Operation } from '../asking/ask';
import { noticeOf } from '../asking/notice';

export interface Statement {
  title: string;
  query: string;
  explain?: string;
}

/** How a query is answered, or why that is not told. */
export type Explanation = { statements: Statement[] } | { refusal: string };

export async function explained(operation: Operation): Promise<Explanation> {
  const answer = await ask(operation, { 'x-graphql-explain': 'plan,sql' });
  const told = answer?.result.extensions?.explain as { operations?: Statement[] } | undefined;
  if (told?.operations) return { statements: told.operations };
  const wrong = noticeOf(answer, true);
  return { refusal: wrong ? `${wrong.title} ${wrong.advice}` : 'This was answered without a statement.' };
}
