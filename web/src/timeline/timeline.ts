import type { Seen } from '../site/seen';
import { words } from '../site/words';

export const KINDS = { AuditEvent: 'Events', TicketComment: 'Comments', Message: 'Messages' } as const;
export type Kind = keyof typeof KINDS;

/** What happened to a ticket, was said and was written, in order. */
export interface Timeline {
  number: string;
  title: string;
  status: string;
  timeline: { totalCount: number; edges: Edge[] };
}

export interface Edge {
  at: string;
  node: Item;
}

type Item =
  | { __typename: 'AuditEvent'; id: string; eventType: string; actorType: string; actor: Person; details?: Details }
  | { __typename: 'TicketComment'; id: string; body: string; visibility: string; author: Person }
  | { __typename: 'Message'; id: string; body: string; direction: string; sender?: string };
type Person = { fullName: string } | null;
type Details = { from?: string; to?: string; reason?: string };

/** Outsiders are not told what changed in detail, nor addresses. */
export function timelineQuery(seen: Seen): string {
  const details = seen('AuditEvent', 'details', false) ? 'details' : '';
  const sender = seen('Message', 'sender', false) ? 'sender' : '';
  return `query Timeline($number: String!) {
  ticket(number: $number) {
    number title status
    timeline(first: 1000) {
      totalCount
      edges { at node {
        __typename
        ... on AuditEvent { id eventType actorType actor { fullName } ${details} }
        ... on TicketComment { id body visibility author { fullName } }
        ... on Message { id body direction ${sender} }
      } }
    }
  }
}`;
}

/** Its item in words: by whom, and what. */
export function told(item: Item): { by: string; what: string } {
  switch (item.__typename) {
    case 'AuditEvent':
      return { by: item.actor?.fullName ?? words(item.actorType), what: happened(item.eventType, item.details) };
    case 'TicketComment':
      return { by: item.author?.fullName ?? 'somebody', what: `${words(item.visibility)} comment: ${item.body}` };
    case 'Message':
      return { by: item.sender ?? 'somebody', what: `${words(item.direction)} message: ${item.body}` };
  }
}

function happened(eventType: string, { from, to, reason }: Details = {}): string {
  const step = to ? `: ${from ? `${words(from)} → ` : ''}${words(to)}` : '';
  return `${words(eventType)}${step}${reason ? ` (${reason})` : ''}`;
}
