import { useEffect, useState } from 'react';
import { useHeld } from '../held';
import { identity, isDemo } from '../viewer/identity';
import { ask } from './ask';
import { noticeOf, type Notice } from './notice';

interface Told<T> {
  /** Of which question by whom: nobody is shown what another viewer was told. */
  to: string;
  data: T | null;
  wrong: Notice | null;
  at: Date | null;
}

/** What the page itself asks the graph, as the viewer of now. */
export interface Asked<T> extends Omit<Told<T>, 'to'> {
  waits: boolean;
  again: () => void;
}

/** Asks when it is first drawn, and again with other variables, for another viewer, and on demand; `null`: not yet. */
export function useAsked<T>(query: string, variables: Record<string, unknown> | null): Asked<T> {
  const who = useHeld(identity);
  const [turn, setTurn] = useState(0);
  const [waits, setWaits] = useState(false);
  const [told, setTold] = useState<Told<T> | null>(null);
  const to = JSON.stringify([who, query, variables]);
  useEffect(() => {
    const [, , sent] = JSON.parse(to) as [string, string, Record<string, unknown> | null];
    if (sent === null) return;
    let current = true;
    setWaits(true);
    void ask({ query, variables: sent }).then((answer) => {
      if (!current) return;
      setWaits(false);
      const wrong = noticeOf(answer, !isDemo && who !== '', '');
      const data = (answer?.result.data ?? null) as T | null;
      setTold((before) => (wrong && before?.to === to ? { ...before, wrong } : { to, data, wrong, at: new Date() }));
    });
    return () => {
      current = false;
      setWaits(false);
    };
  }, [query, to, turn, who]);
  const own = told?.to === to ? told : { data: null, wrong: null, at: null };
  const again = () => setTurn(turn + 1);
  return { data: own.data, wrong: own.wrong, at: own.at, waits, again };
}
