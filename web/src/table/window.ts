import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

export const ROW_HEIGHT = 28;
const BEYOND = 10;

export interface Window {
  place: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** The rows to draw, from the first on and without the last. */
  first: number;
  last: number;
}

/** Which of so many rows can be seen, and a few beyond: only those are drawn. */
export function useWindow(rows: number): Window {
  const place = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  const onScroll = () => {
    const seen = place.current;
    if (seen) setView({ top: seen.scrollTop, height: seen.clientHeight });
  };
  useLayoutEffect(() => {
    const seen = place.current;
    if (!seen) return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - BEYOND);
  return { place, onScroll, first, last: Math.min(rows, Math.ceil((top + height) / ROW_HEIGHT) + BEYOND) };
}
