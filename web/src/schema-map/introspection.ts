/** What the gateway tells of its schema, as far as a map needs it. */
export interface Introspection {
  __schema: { queryType: { name: string }; types: ToldType[] };
}

export interface ToldType {
  kind: string;
  name: string;
  description: string | null;
  interfaces: { name: string }[] | null;
  enumValues: { name: string; description: string | null }[] | null;
  fields: ToldField[] | null;
}

export interface ToldField {
  name: string;
  description: string | null;
  args: { name: string }[];
  type: TypeRef;
}

/** A named type, or what is wrapped around one. */
export interface TypeRef {
  kind: string;
  name: string | null;
  ofType?: TypeRef | null;
}

export const INTROSPECTION = `query SchemaMap {
  __schema {
    queryType { name }
    types {
      kind name description
      interfaces { name }
      enumValues { name description }
      fields {
        name description
        args { name }
        type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
      }
    }
  }
}`;

export function nameWithin(type: TypeRef): string {
  return type.ofType ? nameWithin(type.ofType) : (type.name ?? '');
}
