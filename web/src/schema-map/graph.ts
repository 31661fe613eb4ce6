import { nameWithin, type Introspection, type ToldField, type ToldType, type TypeRef } from './introspection';

/** The schema without what serves asking only: entities, their columns, and the edges between them. */
export interface Graph {
  entities: Map<string, Entity>;
  /** The fields of Query that lead to entities. */
  roots: Edge[];
  /** Scalars and enums by their names. */
  leaves: Map<string, ToldType>;
  queryName: string;
}

export interface Entity {
  name: string;
  description: string | null;
  columns: ToldField[];
  edges: Edge[];
}

export interface Edge {
  name: string;
  description: string | null;
  to: string;
  /** As it is drawn: an edge to many is a list, whose pages are left out. */
  type: TypeRef;
  pages: boolean;
}

const LEAVES = ['SCALAR', 'ENUM'];

export function graphOf({ __schema }: Introspection): Graph {
  const types = new Map(__schema.types.map((type) => [type.name, type]));
  const leaves = new Map([...types].filter(([, { kind }]) => LEAVES.includes(kind)));
  const isEntity = (name: string) => types.get(name)?.interfaces?.some((each) => each.name === 'Node') ?? false;
  const edgesOf = (type: ToldType | undefined) => (type?.fields ?? []).flatMap((field) => edgesBy(field, types, isEntity));
  const entities = __schema.types
    .filter(({ kind, name }) => kind === 'OBJECT' && isEntity(name))
    .map((type): [string, Entity] => {
      const { name, description } = type;
      const columns = (type.fields ?? []).filter((field) => !field.args.length && leaves.has(nameWithin(field.type)));
      return [name, { name, description, columns, edges: edgesOf(type) }];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const queryName = __schema.queryType.name;
  return { entities: new Map(entities), roots: edgesOf(types.get(queryName)), leaves, queryName };
}

/** The edge that a field is, if it is one. */
function edgesBy(field: ToldField, types: Map<string, ToldType>, isEntity: (name: string) => boolean): Edge[] {
  const named = nameWithin(field.type);
  const nodes = named.endsWith('Connection') && types.get(named)?.fields?.find(({ name }) => name === 'nodes');
  const type = nodes ? nodes.type : field.type;
  const to = nameWithin(type);
  if (types.get(to)?.kind !== 'OBJECT' || !isEntity(to)) return [];
  return [{ name: field.name, description: field.description, to, type, pages: Boolean(nodes) }];
}

/** What edges lead to from an entity in so many steps, and the entity itself. */
export function within(graph: Graph, name: string, steps: number): Set<string> {
  const reached = new Set([name]);
  for (let step = 0; step < steps; step++) {
    for (const from of [...reached]) graph.entities.get(from)?.edges.forEach(({ to }) => reached.add(to));
  }
  return reached;
}
