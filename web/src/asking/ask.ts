import { identifying } from '../viewer/identity';

export interface Operation {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

export interface GraphQLProblem {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

export interface Result {
  data?: Record<string, unknown> | null;
  errors?: GraphQLProblem[];
  extensions?: Record<string, unknown>;
}

export interface Answer {
  status: number;
  result: Result;
  requestId: string | null;
  retryAfter: string | null;
}

const HEADERS = {
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'content-type': 'application/json',
};

/** The gateway's answer; null when there was none, because it cannot be reached or is not waited for any more. */
export async function ask(
  operation: Operation,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answer | null> {
  let response: Response;
  let text: string;
  try {
    const sent = { ...HEADERS, ...identifying(), ...headers };
    response = await fetch('/graphql', { method: 'POST', headers: sent, body: JSON.stringify(operation), signal });
    text = await response.text();
  } catch {
    return null;
  }
  return {
    status: response.status,
    result: parsed(text),
    requestId: response.headers.get('x-request-id'),
    retryAfter: response.headers.get('retry-after'),
  };
}

/** Whether there is nothing to look at: no data, or a null for each thing that was asked for. */
export function isEmpty({ data }: Result): boolean {
  return Object.values(data ?? {}).every((value) => value === null);
}

/** A proxy on the way may answer with a page of its own. */
function parsed(text: string): Result {
  try {
    return JSON.parse(text) as Result;
  } catch {
    return { errors: [{ message: 'What answered was not the gateway: it did not send JSON.' }] };
  }
}
