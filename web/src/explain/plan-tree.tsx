import { counted } from '../site/words';
import { readPlan, type PlanNode } from './plan';
import { costliest, ownCosts, type OwnCosts } from './weight';

/** A plan as a tree, with the node that costs most marked. */
export function PlanTree({ text }: { text: string }) {
  const root = readPlan(text);
  if (!root) return <pre>{text}</pre>;
  const costs = ownCosts(root);
  const costly = costliest(costs);
  return (
    <>
      <p>
        By PostgreSQL's estimate, <strong>{costly.title}</strong> costs most:{' '}
        <Figures node={costly} costs={costs} whole={root.cost} />
      </p>
      <ul className="plan">
        <Branch node={root} whole={root.cost} costs={costs} costly={costly} />
      </ul>
    </>
  );
}

interface FiguresProps {
  node: PlanNode;
  whole: number;
  costs: OwnCosts;
}

function Branch({ costly, ...figures }: FiguresProps & { costly: PlanNode }) {
  const { node } = figures;
  return (
    <li>
      <div className={node === costly ? 'plan-node plan-costly' : 'plan-node'}>
        {node.label && <em>{node.label}: </em>}
        <strong>{node.title}</strong> <Figures {...figures} />
        {node === costly && <mark>most costly</mark>}
        {node.details.length > 0 && <small>{node.details.join(' · ')}</small>}
      </div>
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, n) => (
            <Branch key={n} {...figures} node={child} costly={costly} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Figures({ node, whole, costs }: FiguresProps) {
  const share = whole > 0 ? Math.round((100 * (costs.get(node) ?? 0)) / whole) : 0;
  return (
    <span>
      {share} % of the cost, about {counted(node.rows, 'row')}{' '}
    </span>
  );
}
