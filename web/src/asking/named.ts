import { parse } from 'graphql';
import type { Operation } from './ask';

/**
 * The operation by a name that its document has. GraphiQL learns names half a second after they are typed, and would
 * ask by the former one when a query is run before.
 */
export function named(operation: Operation): Operation {
  const names = operationNames(operation.query);
  if (operation.operationName && names.includes(operation.operationName)) return operation;
  return { ...operation, operationName: names[0] };
}

function operationNames(query: string): string[] {
  try {
    const { definitions } = parse(query);
    return definitions.flatMap((one) => (one.kind === 'OperationDefinition' && one.name ? [one.name.value] : []));
  } catch {
    return [];
  }
}
