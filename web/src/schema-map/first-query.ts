import type { Graph } from './graph';

/** A question for an entity's first rows with all their columns; null where no list of them can be asked for. */
export function firstQuery(graph: Graph, name: string): string | null {
  const list = graph.roots.find(({ to, pages }) => pages && to === name);
  const columns = graph.entities.get(name)?.columns.map((column) => `      ${column.name}`) ?? [];
  if (!list || !columns.length) return null;
  return `query ${name}Rows {
  ${list.name}(first: 10) {
    nodes {
${columns.join('\n')}
    }
  }
}
`;
}
