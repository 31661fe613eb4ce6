import { useState } from 'react';
import { useAsked } from '../asking/asked';
import { Failure } from '../failure';
import { setInFragment, useFragment } from '../site/fragment';
import { useSeen } from '../site/seen';
import { counted, words } from '../site/words';
import { Axis } from './axis';
import { shown } from './lanes';
import { KINDS, timelineQuery, told, type Edge, type Timeline } from './timeline';

/** A ticket's timeline, by the number that people say. */
export function TimelineSection() {
  const number = useFragment().get('ticket') ?? '';
  const seen = useSeen();
  const asked = useAsked<{ ticket: Timeline | null }>(seen ? timelineQuery(seen) : '', number && seen ? { number } : null);
  return (
    <section aria-labelledby="timeline-heading">
      <header>
        <h2 id="timeline-heading">Timeline of a ticket</h2>
        <NumberField key={number} number={number} />
        <button type="button" onClick={asked.again} disabled={asked.waits || !number}>
          Refresh
        </button>
      </header>
      <Failure wrong={asked.wrong} again={asked.again} />
      {!number && <p>Give a ticket’s number, and its events, comments and messages are drawn along the time.</p>}
      {asked.data && !asked.data.ticket && <p>You see no ticket of the number {number}.</p>}
      {asked.data?.ticket && <Drawn key={number} ticket={asked.data.ticket} />}
    </section>
  );
}

function NumberField({ number }: { number: string }) {
  const [typed, setTyped] = useState(number);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setInFragment('ticket', typed.trim());
      }}
    >
      <label>
        Number{' '}
        <input value={typed} placeholder="MT-2026-117" onChange={(event) => setTyped(event.target.value)} />
      </label>{' '}
      <button type="submit">Draw</button>
    </form>
  );
}

function Drawn({ ticket: { number, title, status, timeline } }: { ticket: Timeline }) {
  const [pointed, point] = useState<string | null>(null);
  const { edges, totalCount } = timeline;
  const items = counted(totalCount, 'item');
  const near = edges.find(({ node }) => node.id === pointed);
  return (
    <>
      <p>
        <strong>{number}</strong> {title}: {words(status)}, {items}
        {edges.length < totalCount && `, of which the first ${edges.length} are drawn`}. Times are UTC.
      </p>
      <Axis edges={edges} told={`Timeline of ${number}: ${items}, listed below`} pointed={pointed} point={point} />
      <p className="caption">{near ? captioned(near) : 'Point at a mark, and what it stands for is told here.'}</p>
      <ol className="items" aria-label="Items">
        {edges.map((edge) => (
          <Row key={edge.node.id} edge={edge} near={edge.node.id === pointed} point={point} />
        ))}
      </ol>
    </>
  );
}

function captioned({ at, node }: Edge): string {
  const { by, what } = told(node);
  return `${shown(at)} ${what} (${by})`;
}

function Row({ edge: { at, node }, near, point }: { edge: Edge; near: boolean; point: (id: string) => void }) {
  const { by, what } = told(node);
  const choose = () => point(node.id);
  return (
    <li className={near ? 'near' : undefined} onPointerMove={choose}>
      <time dateTime={at}>{shown(at)}</time> <span className={`kind ${node.__typename}`}>{KINDS[node.__typename]}</span>{' '}
      <span>
        {what} <small>{by}</small>
      </span>
    </li>
  );
}
