import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import type { Operation } from '../asking/ask';
import type { ActiveTab } from '../dock/active-tab';
import { useHeld } from '../held';
import { identity } from '../viewer/identity';
import { explained, type Explanation, type Statement } from './explanation';
import { PlanTree } from './plan-tree';

/** How the tab's query is answered. A mutation is not asked for: it would be done once more. */
export function Explain({ tab }: { tab: ActiveTab }) {
  const kind = useKind();
  const told = useExplanation(tab, kind);
  if (kind !== 'query') return <p className="dock-empty">Only queries are explained, and only one that can be read.</p>;
  if (!told) return <p className="dock-empty">Asking how this is answered …</p>;
  if ('refusal' in told) return <p className="dock-empty">{told.refusal}</p>;
  return (
    <div className="explain" tabIndex={0} role="region" aria-label="How this is answered">
      {told.statements.map((statement) => (
        <Shown key={statement.title} statement={statement} />
      ))}
    </div>
  );
}

/** Asked for when the tab is looked at, and again when it has a new answer or somebody else asks; not while typing. */
function useExplanation(tab: ActiveTab, kind: string | undefined): Explanation | null {
  const who = useHeld(identity);
  const [told, setTold] = useState<Explanation | null>(null);
  useEffect(() => {
    let current = true;
    setTold(null);
    if (kind === 'query' && !tab.waits) void explained(operationOf(tab)).then((found) => current && setTold(found));
    return () => {
      current = false;
    };
  }, [tab.id, tab.response, tab.waits, kind, who]);
  return told;
}

function Shown({ statement }: { statement: Statement }) {
  return (
    <section>
      <h3>{statement.title}</h3>
      {statement.explain && <PlanTree text={statement.explain} />}
      <details>
        <summary>SQL</summary>
        <pre>{statement.query}</pre>
      </details>
    </section>
  );
}

function useKind(): string | undefined {
  return useGraphiQL(({ operations, operationName }) => {
    return (operations?.find((one) => one.name?.value === operationName) ?? operations?.[0])?.operation;
  });
}

function operationOf({ query, variables, operationName }: ActiveTab): Operation {
  return { query, variables: variablesIn(variables), operationName };
}

function variablesIn(text: string): unknown {
  try {
    return text.trim() ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
