import type { PlanNode } from './plan';

/** What is spent in each node itself, without what stands below it. */
export type OwnCosts = Map<PlanNode, number>;

/** Shares the root's cost out among all nodes. PostgreSQL tells a node's cost as if it ran once, and to its end. */
export function ownCosts(root: PlanNode): OwnCosts {
  const costs: OwnCosts = new Map();
  spend(costs, root, root.cost, 1);
  return costs;
}

/** The node that costs most by itself. */
export function costliest(costs: OwnCosts): PlanNode {
  return [...costs].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** `cost` is that of all of the node's runs, with what stands below it. */
function spend(costs: OwnCosts, node: PlanNode, cost: number, runs: number): void {
  const once = runs > 0 ? cost / runs : 0;
  const part = partRun(node, once);
  let rest = once;
  for (const child of [...node.children].sort((a, b) => rank(a, node) - rank(b, node))) {
    const times = timesRun(child, node, part);
    // PostgreSQL knows better than this where a repetition is cheaper, such as by Memoize: never more than there is.
    const given = Math.min(rest, times * costOf(child, endsIn(child, node) ? 1 : part));
    rest -= given;
    spend(costs, child, given * runs, times * runs);
  }
  costs.set(node, rest * runs);
}

/** Of its rows, how many are taken of it before a limit above ends it, from 0 to 1. */
function partRun({ startupCost, cost }: PlanNode, spent: number): number {
  return cost > startupCost ? Math.min(1, Math.max(0, (spent - startupCost) / (cost - startupCost))) : 1;
}

function costOf({ startupCost, cost }: PlanNode, part: number): number {
  return startupCost + (cost - startupCost) * part;
}

/** What surely runs is weighed before what is repeated, of which the number of runs is a guess. */
function rank(child: PlanNode, node: PlanNode): number {
  if (isOnce(child, node)) return 0;
  return isRepeated(child, node) ? 2 : 1;
}

function timesRun(child: PlanNode, node: PlanNode, part: number): number {
  if (!isRepeated(child, node)) return 1;
  const [outer] = joined(node);
  return part * (child.label ? node.rows : (outer?.rows ?? 1));
}

/** It runs to its end each time: for one value, or because the node gives no row before it has seen all of it. */
function endsIn(child: PlanNode, node: PlanNode): boolean {
  return Boolean(child.label) || isRepeated(child, node) || child.cost <= node.startupCost;
}

/** `InitPlan`, `CTE`, and a SubPlan that is kept as a table of hashes. */
function isOnce({ label }: PlanNode, { details }: PlanNode): boolean {
  return Boolean(label) && (!label.startsWith('SubPlan') || details.some((line) => line.includes(`hashed ${label}`)));
}

/** For each row: a SubPlan for those of its node, the second side of a nested loop for those of the first. */
function isRepeated(child: PlanNode, node: PlanNode): boolean {
  if (child.label) return !isOnce(child, node);
  return node.title.startsWith('Nested Loop') && child === joined(node)[1];
}

function joined({ children }: PlanNode): PlanNode[] {
  return children.filter(({ label }) => !label);
}
