import { Links } from '../site/links';
import { WhoAmI } from '../viewer/whoami';
import { MapSection } from './map-section';

/** The graph's entities as whoever asks sees them. */
export function Page() {
  return (
    <>
      <header className="bar">
        <h1>Schema map</h1>
        <WhoAmI />
        <Links />
      </header>
      <main>
        <MapSection />
      </main>
    </>
  );
}
