import { consoleLink } from '../site/console-link';
import { counted, words } from '../site/words';
import type { Look } from './diagram';
import { standingHere, stepKey, type Transition, type Workflow } from './workflow';

interface StepsProps {
  workflow: Workflow;
  count: number;
  look: Look;
  lookAt: (look: Look) => void;
}

/** The steps that leave a state and lead to it: who may take each, and what must hold for it. */
export function Steps({ workflow, count, look, lookAt }: StepsProps) {
  const steps = workflow.transitions.nodes;
  const parts = { step: look.step, lookAt, state: look.state };
  return (
    <>
      <h3>{words(look.state)}</h3>
      <p>
        <a href={consoleLink(standingHere(workflow.name, look.state))}>{counted(count, 'ticket')} in the console</a>
      </p>
      <List title="Leads to" steps={steps.filter((one) => one.fromState === look.state)} {...parts} />
      <List title="Comes from" steps={steps.filter((one) => one.toState === look.state)} {...parts} />
    </>
  );
}

interface ListProps {
  title: string;
  steps: Transition[];
  state: string;
  step: string | null;
  lookAt: (look: Look) => void;
}

function List({ title, steps, state, step, lookAt }: ListProps) {
  return (
    <section aria-label={title}>
      <h4>
        {title} {steps.length === 0 && 'nothing'}
      </h4>
      <ul>
        {steps.map((one) => {
          const [key, other] = [stepKey(one), one.fromState === state ? one.toState : one.fromState];
          const look = () => lookAt({ state, step: key });
          return (
            <li key={key} className={key === step ? 'near' : undefined} onPointerMove={look}>
              <button type="button" onFocus={look} onClick={() => goTo(other)}>
                {words(other)}
              </button>
              <Terms of={one} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** To be in the diagram at a state is to look at it. */
function goTo(state: string): void {
  document.querySelector<SVGElement>(`.state[data-state="${state}"]`)?.focus();
}

function Terms({ of: { roles, guards, reopening, rework } }: { of: Transition }) {
  const marks = [reopening && 'reopens it', rework && 'work is done again'].filter(Boolean);
  return (
    <dl>
      <dt>Who</dt>
      <dd>{roles.map(words).join(', ')}</dd>
      {guards.length > 0 && (
        <>
          <dt>Needs</dt>
          <dd>{guards.map(words).join(', ')}</dd>
        </>
      )}
      {marks.length > 0 && (
        <>
          <dt>Then</dt>
          <dd>{marks.join(', ')}</dd>
        </>
      )}
    </dl>
  );
}
