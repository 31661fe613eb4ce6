import { useSyncExternalStore } from 'react';

/** A value that parts of the page watch. */
export class Held<T> {
  private watchers = new Set<() => void>();

  constructor(private value: T) {}

  get = (): T => this.value;

  set = (value: T): void => {
    this.value = value;
    for (const watcher of this.watchers) watcher();
  };

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
}

/** The value as it is now; the component is drawn again when it changes. */
export function useHeld<T>(held: Held<T>): T {
  return useSyncExternalStore(held.watch, held.get);
}
