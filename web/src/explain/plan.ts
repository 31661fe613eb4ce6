/** PostgreSQL's plan as a tree, read from the text of EXPLAIN. */
export interface PlanNode {
  title: string;
  /** What it is for, where a plan is a part of another: `InitPlan 1`, `CTE x`. */
  label: string;
  cost: number;
  /** Without that of what stands below it. */
  ownCost: number;
  rows: number;
  details: string[];
  children: PlanNode[];
}

const NODE = /^(\s*)(?:->\s+)?(\S.*?)\s+\(cost=[\d.]+\.\.([\d.]+) rows=(\d+) width=\d+\)/;
const LABEL = /^\s*((?:InitPlan|SubPlan|CTE) .*)$/;

/** The root; null for a text without a plan. */
export function readPlan(text: string): PlanNode | null {
  const above: { depth: number; node: PlanNode }[] = [];
  let root: PlanNode | null = null;
  let last: PlanNode | null = null;
  let label = '';
  for (const line of text.split('\n')) {
    const found = NODE.exec(line);
    if (!found) {
      const named = LABEL.exec(line);
      if (named) label = named[1] ?? '';
      else if (line.trim()) last?.details.push(line.trim());
      continue;
    }
    const depth = found[1]?.length ?? 0;
    const node = made(found, label);
    while (above.length && (above.at(-1)?.depth ?? 0) >= depth) above.pop();
    above.at(-1)?.node.children.push(node);
    above.push({ depth, node });
    root ??= node;
    [last, label] = [node, ''];
  }
  if (root) weigh(root);
  return root;
}

/** The node that costs most by itself. */
export function costliest(root: PlanNode): PlanNode {
  return root.children.map(costliest).reduce((a, b) => (b.ownCost > a.ownCost ? b : a), root);
}

function made(found: RegExpExecArray, label: string): PlanNode {
  const cost = Number(found[3]);
  return { title: found[2] ?? '', label, cost, ownCost: cost, rows: Number(found[4]), details: [], children: [] };
}

function weigh(node: PlanNode): void {
  node.children.forEach(weigh);
  // A node that stops early counts less than the whole of what stands below it.
  node.ownCost = Math.max(0, node.cost - node.children.reduce((sum, child) => sum + child.cost, 0));
}
