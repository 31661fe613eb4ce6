import { useMemo, useState } from 'react';
import { useAsked } from '../asking/asked';
import { Failure } from '../failure';
import { useFragment } from '../site/fragment';
import { counted } from '../site/words';
import { Canvas } from './canvas';
import { Choices, EVERYTHING } from './choices';
import { drawing } from './drawing';
import { EntityLinks } from './entity-links';
import { graphOf, within, type Graph } from './graph';
import { INTROSPECTION, type Introspection } from './introspection';

/** Few enough stand around it to be read at once. */
const FIRST = 'Property';
/** In a picture of more entities, columns could not be read; a click tells them beside it. */
const MOST_WITH_COLUMNS = 8;

/** The entities that the viewer sees, all or those around one, with the edges between them. */
export function MapSection() {
  const asked = useAsked<Introspection>(INTROSPECTION, {});
  const graph = useMemo(() => (asked.data ? graphOf(asked.data) : null), [asked.data]);
  return (
    <section aria-label="Entities">
      <Failure wrong={asked.wrong} again={asked.again} />
      {graph ? <Drawn graph={graph} /> : <p>{asked.waits && 'Asking for the schema …'}</p>}
    </section>
  );
}

function Drawn({ graph }: { graph: Graph }) {
  const { around, steps } = useChosen(graph);
  const [selected, select] = useState<string | null>(null);
  const names = useMemo(
    () => (around ? within(graph, around, steps) : new Set(graph.entities.keys())),
    [graph, around, steps],
  );
  const schema = useMemo(() => drawing(graph, names), [graph, names]);
  const edges = [...names].flatMap((name) => graph.entities.get(name)?.edges ?? []).filter(({ to }) => names.has(to));
  const told = `${counted(names.size, 'entity', 'entities')}, ${counted(edges.length, 'edge')}`;
  const looked = selected && names.has(selected) ? selected : around;
  return (
    <>
      <header>
        <Choices names={[...graph.entities.keys()]} around={around} steps={steps} />
        <output aria-label="Drawn">{told}</output>
        {looked && <EntityLinks graph={graph} name={looked} centred={looked === around} />}
      </header>
      <Canvas schema={schema} around={around} columns={names.size <= MOST_WITH_COLUMNS} told={`Map: ${told}`} select={select} />
    </>
  );
}

/** By the address; another viewer may not see what it names. */
function useChosen(graph: Graph): { around: string | null; steps: number } {
  const fragment = useFragment();
  const wanted = fragment.get('around') ?? FIRST;
  const [any = null] = graph.entities.keys();
  const known = [wanted, FIRST].find((name) => graph.entities.has(name)) ?? any;
  return { around: wanted === EVERYTHING ? null : known, steps: fragment.get('steps') === '2' ? 2 : 1 };
}
