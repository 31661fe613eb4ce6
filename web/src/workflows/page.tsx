import { Links } from '../site/links';
import { TimelineSection } from '../timeline/timeline-section';
import { WhoAmI } from '../viewer/whoami';
import { WorkflowSection } from './workflow-section';

/** Workflows and timelines, as whoever asks sees them. */
export function Page() {
  return (
    <>
      <header className="bar">
        <h1>Workflows</h1>
        <WhoAmI />
        <Links />
      </header>
      <main>
        <WorkflowSection />
        <TimelineSection />
      </main>
    </>
  );
}
