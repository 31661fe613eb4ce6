import type { IntrospectionField, IntrospectionQuery, IntrospectionType } from 'graphql';
import type { Entity, Graph } from './graph';
import { nameWithin, type ToldType, type TypeRef } from './introspection';

/** The schema that is drawn, as introspection tells one: these entities, and what leads from one to another of them. */
export function drawing(graph: Graph, names: Set<string>): IntrospectionQuery {
  const entities = [...graph.entities.values()].filter(({ name }) => names.has(name));
  const leaves = new Set(entities.flatMap(({ columns }) => columns.map(({ type }) => nameWithin(type))));
  const query = { name: graph.queryName, description: null, columns: [], edges: graph.roots };
  const types = [
    ...[query, ...entities].map((entity) => object(entity, names)),
    ...[...graph.leaves.values()].filter(({ name }) => leaves.has(name)).map(leaf),
  ];
  return {
    __schema: {
      queryType: { kind: 'OBJECT', name: graph.queryName },
      mutationType: null,
      subscriptionType: null,
      directives: [],
      types,
    },
  };
}

function object({ name, description, columns, edges }: Entity, names: Set<string>): IntrospectionType {
  const fields = [...columns, ...edges.filter(({ to }) => names.has(to))].map(field);
  return { kind: 'OBJECT', name, description, fields, interfaces: [] };
}

function field({ name, description, type }: { name: string; description: string | null; type: TypeRef }) {
  return { name, description, type: type as IntrospectionField['type'], args: [], isDeprecated: false, deprecationReason: null };
}

function leaf({ kind, name, description, enumValues }: ToldType): IntrospectionType {
  if (kind === 'SCALAR') return { kind, name, description };
  const values = (enumValues ?? []).map((value) => ({ ...value, isDeprecated: false, deprecationReason: null }));
  return { kind: 'ENUM', name, description, enumValues: values };
}
