/** Voyager with a React of its own, which is older than the page's; `vite.config.ts` lets it give its root. */
declare module 'graphql-voyager/dist/voyager.standalone.js' {
  import type { VoyagerProps } from 'graphql-voyager';

  export function renderVoyager(place: HTMLElement, props: VoyagerProps): { unmount: () => void };
}
