import { useAsked } from '../asking/asked';

type Fields = { fields: { name: string }[] } | null;
type Told = Record<'Query' | 'AuditEvent' | 'Message', Fields>;

const SEEN = `{
  Query: __type(name: "Query") { fields { name } }
  AuditEvent: __type(name: "AuditEvent") { fields { name } }
  Message: __type(name: "Message") { fields { name } }
}`;

/** Whether the graph that the viewer sees has a field; `unsaid` where the gateway does not tell its schema. */
export type Seen = (type: keyof Told, field: string, unsaid: boolean) => boolean;

/** Outsiders' graphs have less than staff's; null until it is known which this is. */
export function useSeen(): Seen | null {
  const { data, wrong } = useAsked<Told>(SEEN, {});
  if (!data && !wrong) return null;
  return (type, field, unsaid) => (data ? (data[type]?.fields.some(({ name }) => name === field) ?? false) : unsaid);
}
