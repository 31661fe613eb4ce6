import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { QueryDocument } from './document';

/** Opens documents: in the tab of now if it is empty or has the very query, else in one of their own. */
export function useOpening(): (opened: QueryDocument) => void {
  const { addTab, setOperationFacts, updateActiveTabValues } = useGraphiQLActions();
  const editors = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  return ({ query, variables }) => {
    const present = editors.queryEditor?.getValue().trim();
    if (present && present !== query.trim()) addTab();
    editors.queryEditor?.setValue(query);
    editors.variableEditor?.setValue(variables ?? '');
    // The editor would find out by itself, but only after whoever opened the document has run it. What is run is
    // executed by these facts, and goes into the history as the tab has it.
    const facts = factsOf(query);
    setOperationFacts(facts);
    updateActiveTabValues({ query, variables: variables ?? '', operationName: facts.operationName ?? null });
  };
}

type Facts = { documentAST?: DocumentNode; operations?: OperationDefinitionNode[]; operationName?: string };

function factsOf(query: string): Facts {
  try {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter(
      (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
    );
    return { documentAST, operations, operationName: operations[0]?.name?.value };
  } catch {
    return {};
  }
}
