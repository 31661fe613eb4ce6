import { isEmpty, type Answer } from './ask';

/** What went wrong, in words for whoever asked. */
export interface Notice {
  title: string;
  advice: string;
}

const KEPT = 'Your query is kept. ';
const LONGEST = 300;

/** About an answer, or about none; null when all is well. `kept` says what is not lost by it. */
export function noticeOf(answer: Answer | null, knowsToken: boolean, kept = KEPT): Notice | null {
  if (answer === null) {
    return { title: 'The gateway cannot be reached.', advice: `${kept}Check the connection, then run it again.` };
  }
  const told = said(answer);
  switch (answer.status) {
    case 401:
      return unknown(told, knowsToken, kept);
    case 403:
      return { title: 'You may not ask for this.', advice: told };
    case 429:
      return { title: 'Too much at once.', advice: `${told} ${kept}${again(answer)}` };
    case 503:
      return { title: 'The gateway cannot answer just now.', advice: `${told} ${kept}${again(answer)}` };
  }
  if (answer.status >= 500) return fault('The gateway failed at this.', answer, kept);
  return refused(answer, told, kept);
}

function unknown(told: string, knowsToken: boolean, kept: string): Notice {
  if (!knowsToken) return { title: 'The gateway does not know who asks.', advice: `Paste a token at the top. ${kept}` };
  const advice = `${told} Paste a new one at the top. ${kept}`;
  return { title: 'Your token is not accepted any more.', advice };
}

function refused(answer: Answer, told: string, kept: string): Notice | null {
  const { errors } = answer.result;
  if (errors?.some((error) => error.extensions?.code === 'INTERNAL')) return fault('Part of this failed.', answer, kept);
  if (!errors?.length) return null;
  return { title: isEmpty(answer.result) ? 'The query was not accepted.' : 'A part is missing:', advice: told };
}

function fault(title: string, answer: Answer, kept: string): Notice {
  const id = answer.requestId ? ` and name the request ${answer.requestId}` : '';
  return { title, advice: `That is not your fault. ${kept}Tell whoever runs the gateway${id}.` };
}

function said(answer: Answer): string {
  const [first, ...more] = answer.result.errors ?? [];
  const told = (first?.message ?? `It answered with status ${answer.status}.`).slice(0, LONGEST);
  return more.length ? `${told} (+${more.length} more)` : told;
}

function again(answer: Answer): string {
  const seconds = Number(answer.retryAfter);
  return seconds > 0 ? `Run it again in ${seconds} s.` : 'Run it again in a moment.';
}
