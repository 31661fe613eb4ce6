/** The console, with a query that is not run by itself. */
export function consoleLink(query: string): string {
  return `/graphiql#${new URLSearchParams({ query })}`;
}
