import { consoleLink } from '../site/console-link';
import { setInFragment } from '../site/fragment';
import { counted } from '../site/words';
import { firstQuery } from './first-query';
import type { Graph } from './graph';

interface EntityLinksProps {
  graph: Graph;
  name: string;
  centred: boolean;
}

/** What leads on from an entity: to a map around it, and to its rows. */
export function EntityLinks({ graph, name, centred }: EntityLinksProps) {
  const query = firstQuery(graph, name);
  const columns = graph.entities.get(name)?.columns.length ?? 0;
  return (
    <>
      {!centred && (
        <button type="button" onClick={() => setInFragment('around', name)}>
          Draw around {name}
        </button>
      )}
      {query && <a href={consoleLink(query)}>{`${counted(columns, 'field')} of ${name} in the console`}</a>}
    </>
  );
}
