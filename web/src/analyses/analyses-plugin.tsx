import { useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { useOpening } from '../documents/opening';
import { useHeld } from '../held';
import { analyses, fetchAnalyses, matching, type Analysis } from './analyses';

export const ANALYSES_PLUGIN: GraphiQLPlugin = { title: 'Analyses', icon: Icon, content: Analyses };

function Icon() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M3 17h14M5 14V9M9 14V4M13 14v-7M17 14v-3" />
    </svg>
  );
}

function Analyses() {
  const all = useHeld(analyses);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (!all) void fetchAnalyses();
  }, [all]);
  return (
    <section className="analyses" aria-label="Saved analyses">
      <h2>Analyses</h2>
      <input
        type="search"
        value={words}
        placeholder="Search them"
        aria-label="Search analyses"
        onChange={(event) => setWords(event.target.value)}
      />
      <ul>
        {matching(all ?? [], words).map((analysis) => (
          <Item key={analysis.name} analysis={analysis} />
        ))}
      </ul>
    </section>
  );
}

function Item({ analysis }: { analysis: Analysis }) {
  const open = useOpening();
  const { run, stop } = useGraphiQLActions();
  const openAndRun = () => {
    open(analysis);
    // While another runs, running would only stop that.
    stop();
    void run();
  };
  return (
    <li>
      <button type="button" onClick={openAndRun}>
        <strong>{analysis.title}</strong>
        <span>{analysis.about}</span>
      </button>
    </li>
  );
}
