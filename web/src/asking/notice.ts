import type { Answer } from './ask';

/** What went wrong, in words for whoever asked. */
export interface Notice {
  title: string;
  advice: string;
}

const KEPT = 'Your query is kept.';
const LONGEST = 300;

/** About an answer, or about none; null when all is well. */
export function noticeOf(answer: Answer | null, knowsToken: boolean): Notice | null {
  if (answer === null) {
    return { title: 'The gateway cannot be reached.', advice: `${KEPT} Check the connection, then run it again.` };
  }
  const told = said(answer);
  switch (answer.status) {
    case 401:
      return unknown(told, knowsToken);
    case 403:
      return { title: 'You may not ask for this.', advice: told };
    case 429:
      return { title: 'Too much at once.', advice: `${told} ${KEPT} ${again(answer)}` };
    case 503:
      return { title: 'The gateway cannot answer just now.', advice: `${told} ${KEPT} ${again(answer)}` };
  }
  if (answer.status >= 500) return fault('The gateway failed at this.', answer);
  return refused(answer, told);
}

function unknown(told: string, knowsToken: boolean): Notice {
  if (!knowsToken) return { title: 'The gateway does not know who asks.', advice: `Paste a token at the top. ${KEPT}` };
  const advice = `${told} Paste a new one at the top. ${KEPT}`;
  return { title: 'Your token is not accepted any more.', advice };
}

function refused(answer: Answer, told: string): Notice | null {
  const { data, errors } = answer.result;
  if (errors?.some((error) => error.extensions?.code === 'INTERNAL')) return fault('Part of this failed.', answer);
  if (!errors?.length || data) return null;
  return { title: 'The query was not accepted.', advice: told };
}

function fault(title: string, answer: Answer): Notice {
  const id = answer.requestId ? ` and name the request ${answer.requestId}` : '';
  return { title, advice: `That is not your fault. ${KEPT} Tell whoever runs the gateway${id}.` };
}

function said(answer: Answer): string {
  return (answer.result.errors?.[0]?.message ?? `It answered with status ${answer.status}.`).slice(0, LONGEST);
}

function again(answer: Answer): string {
  const seconds = Number(answer.retryAfter);
  return seconds > 0 ? `Run it again in ${seconds} s.` : 'Run it again in a moment.';
}
