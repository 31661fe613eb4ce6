/** A workflow as it is drawn, and how many tickets stand where in it. */
export interface Workflow {
  name: string;
  description: string;
  ticketTypes: string[];
  states: { nodes: State[] };
  transitions: { nodes: Transition[] };
}

export interface State {
  name: string;
  position: number;
  initial: boolean;
  held: boolean;
  final: boolean;
}

export interface Transition {
  fromState: string;
  toState: string;
  roles: string[];
  guards: string[];
  reopening: boolean;
  rework: boolean;
}

export interface Listed {
  workflows: { nodes: { name: string }[] };
}

export interface Pictured {
  workflow: Workflow | null;
  tickets: { totalCount: number; groups: { key: { status: string }; count: number }[] };
}

export const LIST = '{ workflows(orderBy: [NAME_ASC]) { nodes { name } } }';

/** One question, so that what is drawn and what is counted are of the same moment. */
export const PICTURE = `query Workflow($name: String!) {
  workflow(name: $name) {
    name description ticketTypes
    states(first: 200) { nodes { name position initial held final } }
    transitions(first: 1000) { nodes { fromState toState roles guards reopening rework } }
  }
  tickets(where: { workflow: { eq: $name } }) {
    totalCount
    groups(by: [STATUS]) { key { status } count }
  }
}`;

export function inOrder(workflow: Workflow): State[] {
  return [...workflow.states.nodes].sort((a, b) => a.position - b.position);
}

export function countsOf({ tickets }: Pictured): Map<string, number> {
  return new Map(tickets.groups.map(({ key, count }) => [key.status, count]));
}

/** Names a step among those of its workflow. */
export function stepKey({ fromState, toState }: Transition): string {
  return `${fromState}>${toState}`;
}

/** A question for the tickets that stand in a state. */
export function standingHere(workflow: string, status: string): string {
  return `query StandingHere {
  tickets(first: 50, where: { workflow: { eq: ${JSON.stringify(workflow)} }, status: { eq: ${status} } }, orderBy: [CREATED_AT_ASC]) {
    totalCount
    nodes { number title priority createdAt }
  }
}
`;
}
