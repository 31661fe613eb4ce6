import { useSyncExternalStore } from 'react';

/** What the address says behind its #, which no server is told. */
export function useFragment(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(watch, () => location.hash).slice(1));
}

/** Leaves everything else as it is. An empty value is left out. */
export function setInFragment(name: string, value: string): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  if (value) fragment.set(name, value);
  else fragment.delete(name);
  location.hash = fragment.toString();
}

function watch(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
