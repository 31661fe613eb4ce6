import { useState } from 'react';
import { useAsked } from '../asking/asked';
import { Failure } from '../failure';
import { setInFragment, useFragment } from '../site/fragment';
import { useSeen } from '../site/seen';
import { counted, words } from '../site/words';
import { Diagram, type Look } from './diagram';
import { Steps } from './steps';
import { countsOf, LIST, PICTURE, type Listed, type Pictured } from './workflow';

/** A workflow of those that the viewer sees, drawn with the tickets that stand in it now. */
export function WorkflowSection() {
  const seen = useSeen()?.('Query', 'workflows', true);
  const list = useAsked<Listed>(LIST, seen ? {} : null);
  const names = list.data?.workflows.nodes.map(({ name }) => name) ?? [];
  const wanted = useFragment().get('workflow') ?? '';
  const name = names.includes(wanted) ? wanted : names[0];
  const asked = useAsked<Pictured>(PICTURE, name === undefined ? null : { name });
  return (
    <section aria-labelledby="workflow-heading">
      <header>
        <h2 id="workflow-heading">Workflow</h2>
        <label>
          Draw{' '}
          <select value={name ?? ''} onChange={(event) => setInFragment('workflow', event.target.value)} disabled={names.length === 0}>
            {names.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="button" onClick={asked.again} disabled={asked.waits || name === undefined}>
          Refresh
        </button>
        <output aria-label="Counted">{asked.at && `counted at ${asked.at.toLocaleTimeString('en-GB')}`}</output>
      </header>
      <Failure wrong={list.wrong ?? asked.wrong} again={list.wrong ? list.again : asked.again} />
      {seen === false && <p>Workflows are staff’s: as whom you ask, you see none.</p>}
      {asked.data?.workflow && <Picture key={name} pictured={asked.data} />}
    </section>
  );
}

function Picture({ pictured }: { pictured: Pictured }) {
  const [look, setLook] = useState<Look | null>(null);
  const lookAt = ({ state, step }: Look) =>
    setLook((before) => (before?.state === state && before.step === step ? before : { state, step }));
  const { workflow, tickets } = pictured;
  if (!workflow) return null;
  const counts = countsOf(pictured);
  return (
    <>
      <p>
        {workflow.description} Followed by {workflow.ticketTypes.map(words).join(', ')}:{' '}
        {counted(tickets.totalCount, 'ticket')} that you see.
      </p>
      <div className="picture">
        <Diagram workflow={workflow} counts={counts} look={look} lookAt={lookAt} />
        <aside aria-label="Steps">
          {look ? (
            <Steps workflow={workflow} count={counts.get(look.state) ?? 0} look={look} lookAt={lookAt} />
          ) : (
            <p>Point at a state or a step, or reach a state by Tab: here is said who may take it, and what must hold.</p>
          )}
        </aside>
      </div>
    </>
  );
}
