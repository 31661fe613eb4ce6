/** A query with its variables, as text: what a link carries, and what is opened in a tab. */
export interface QueryDocument {
  query: string;
  variables?: string;
}

/** The address of this page with the document in its fragment, which is never sent to any server. */
export function linkTo({ query, variables }: QueryDocument): string {
  const fragment = new URLSearchParams({ query, ...(variables?.trim() ? { variables } : {}) });
  return `${location.origin}${location.pathname}#${fragment}`;
}

/** What the page's address carries; null when it carries nothing. */
export function linked(): QueryDocument | null {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = fragment.get('query');
  return query === null ? null : { query, variables: fragment.get('variables') ?? '' };
}

/** Once opened, the address is the page's again: a reload shall show what was edited, not what was sent. */
export function forgetLink(): void {
  history.replaceState(null, '', location.pathname);
}
