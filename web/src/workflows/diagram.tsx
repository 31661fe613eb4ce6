import { useMemo } from 'react';
import { counted, words } from '../site/words';
import { BOX, layOut, type Layout } from './layout';
import { inOrder, stepKey, type State, type Workflow } from './workflow';

/** What is looked at: a state, and perhaps one of the steps that leave it or lead to it. */
export interface Look {
  state: string;
  step: string | null;
}

interface DiagramProps {
  workflow: Workflow;
  counts: Map<string, number>;
  look: Look | null;
  lookAt: (look: Look) => void;
}

export function Diagram({ workflow, counts, look, lookAt }: DiagramProps) {
  const layout = useMemo(() => layOut(inOrder(workflow), workflow.transitions.nodes), [workflow]);
  const [states, steps] = [counted(layout.boxes.length, 'state'), counted(layout.arrows.length, 'step')];
  const told = `${workflow.name}: ${states} with how many tickets stand there, ${steps}`;
  const most = Math.max(1, ...counts.values());
  return (
    <svg
      className="diagram"
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      width={layout.width}
      height={layout.height}
      role="group"
      aria-label={told}
    >
      <Heads />
      <Arrows layout={layout} look={look} lookAt={lookAt} />
      {layout.boxes.map(({ state, y }) => (
        <g key={state.name} transform={`translate(${layout.x} ${y})`}>
          <Box
            state={state}
            count={counts.get(state.name) ?? 0}
            most={most}
            chosen={look?.state === state.name}
            choose={() => lookAt({ state: state.name, step: null })}
          />
        </g>
      ))}
    </svg>
  );
}

interface BoxProps {
  state: State;
  count: number;
  most: number;
  chosen: boolean;
  choose: () => void;
}

function Box({ state, count, most, chosen, choose }: BoxProps) {
  const tag = [state.initial && 'start', state.held && 'hold', state.final && 'end'].filter(Boolean).join(', ');
  return (
    <g
      className="state"
      data-state={state.name}
      data-count={count}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      onPointerMove={choose}
      onFocus={choose}
      onClick={choose}
    >
      <rect width={BOX.width} height={BOX.height} rx={8} />
      <rect className="share" y={BOX.height - 5} width={(BOX.width * count) / most} height={5} rx={2.5} />
      <text x={14} y={29}>
        {words(state.name)}
        {tag && <tspan className="tag"> {tag}</tspan>}
      </text>{' '}
      <text className="count" x={BOX.width - 14} y={29} textAnchor="end">
        {count.toLocaleString('en')}
      </text>
    </g>
  );
}

function Arrows({ layout, look, lookAt }: { layout: Layout; look: Look | null; lookAt: (look: Look) => void }) {
  // Those that are looked at come last, and so lie above the others.
  const drawn = layout.arrows
    .map(({ transition, path }) => {
      const key = stepKey(transition);
      const touches = look !== null && [transition.fromState, transition.toState].includes(look.state);
      const near = look?.step ? look.step === key : touches;
      return { transition, path, key, near };
    })
    .sort((a, b) => Number(a.near) - Number(b.near));
  return drawn.map(({ transition, path, key, near }) => (
    <g
      key={key}
      className={`arrow${near ? ' near' : look ? ' far' : ''}`}
      data-step={key}
      onPointerMove={() => lookAt({ state: transition.fromState, step: key })}
    >
      <path className="reach" d={path} />
      <path d={path} markerEnd={`url(#${near ? 'near' : 'plain'})`} />
    </g>
  ));
}

function Heads() {
  return (
    <defs>
      {['plain', 'near'].map((id) => (
        <marker key={id} id={id} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={10} markerHeight={10} markerUnits="userSpaceOnUse" orient="auto">
          <path className={`head ${id}`} d="M0 0 8 4 0 8z" />
        </marker>
      ))}
    </defs>
  );
}
