import { Held } from '../held';

/** A query that comes with the gateway. */
export interface Analysis {
  name: string;
  title: string;
  about: string;
  query: string;
}

/** Null until they are there. */
export const analyses = new Held<Analysis[] | null>(null);

export async function fetchAnalyses(): Promise<void> {
  try {
    const response = await fetch('/graphiql/analyses.json');
    if (response.ok) analyses.set((await response.json()) as Analysis[]);
  } catch {
    // The gateway is away: the strip says so when something is asked, and the panel asks again when it is opened.
  }
}

/** Those that have all the words, wherever. */
export function matching(all: Analysis[], words: string): Analysis[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ title, about, query }) => {
    const text = `${title} ${about} ${query}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
