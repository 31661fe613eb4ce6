import { costliest, readPlan, type PlanNode } from './plan';

/** A plan as a tree, with the node that costs most marked. */
export function PlanTree({ text }: { text: string }) {
  const root = readPlan(text);
  if (!root) return <pre>{text}</pre>;
  const costly = costliest(root);
  return (
    <>
      <p>
        By PostgreSQL's estimate, <strong>{costly.title}</strong> costs most: <Figures node={costly} whole={root.cost} />
      </p>
      <ul className="plan">
        <Branch node={root} whole={root.cost} costly={costly} />
      </ul>
    </>
  );
}

interface BranchProps {
  node: PlanNode;
  whole: number;
  costly: PlanNode;
}

function Branch({ node, whole, costly }: BranchProps) {
  return (
    <li>
      <div className={node === costly ? 'plan-node plan-costly' : 'plan-node'}>
        {node.label && <em>{node.label}: </em>}
        <strong>{node.title}</strong> <Figures node={node} whole={whole} />
        {node === costly && <mark>most costly</mark>}
        {node.details.length > 0 && <small>{node.details.join(' · ')}</small>}
      </div>
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, n) => (
            <Branch key={n} node={child} whole={whole} costly={costly} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Figures({ node, whole }: { node: PlanNode; whole: number }) {
  const share = whole > 0 ? Math.min(100, Math.round((100 * node.ownCost) / whole)) : 0;
  return (
    <span>
      {share} % of the cost, about {node.rows.toLocaleString('en')} rows{' '}
    </span>
  );
}
