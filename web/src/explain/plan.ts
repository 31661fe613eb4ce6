/** PostgreSQL's plan as a tree, read from the text of EXPLAIN. */
export interface PlanNode {
  title: string;
  /** What it is for, where a plan is a part of another: `InitPlan 1`, `CTE x`. */
  label: string;
  /** Until its first row is there. */
  startupCost: number;
  /** Of one run to its end, with what stands below it. */
  cost: number;
  rows: number;
  details: string[];
  children: PlanNode[];
}

const NODE = /^(\s*)(?:->\s+)?(\S.*?)\s+\(cost=([\d.]+)\.\.([\d.]+) rows=(\d+) width=\d+\)/;
const LABEL = /^(\s*)((?:InitPlan|SubPlan|CTE) .*)$/;

/** The root; null for a text without a plan. */
export function readPlan(text: string): PlanNode | null {
  const above: { depth: number; node: PlanNode }[] = [];
  const climb = (indent = '') => {
    while ((above.at(-1)?.depth ?? -1) >= indent.length) above.pop();
  };
  let root: PlanNode | null = null;
  let last: PlanNode | null = null;
  let label = '';
  for (const line of text.split('\n')) {
    const found = NODE.exec(line);
    if (!found) {
      const named = LABEL.exec(line);
      if (named) {
        // It stands beside the nodes that its own is a sibling of, and its own is indented further.
        climb(named[1]);
        label = named[2] ?? '';
      } else if (line.trim()) last?.details.push(line.trim());
      continue;
    }
    climb(found[1]);
    const node = made(found, label);
    above.at(-1)?.node.children.push(node);
    above.push({ depth: found[1]?.length ?? 0, node });
    root ??= node;
    [last, label] = [node, ''];
  }
  return root;
}

function made([, , title = '', startup, cost, rows]: RegExpExecArray, label: string): PlanNode {
  const figures = { startupCost: Number(startup), cost: Number(cost), rows: Number(rows) };
  return { title, label, ...figures, details: [], children: [] };
}
