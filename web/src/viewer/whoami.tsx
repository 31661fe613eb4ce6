import { useEffect, useState } from 'react';
import { ask } from '../asking/ask';
import { useHeld } from '../held';
import { become, demoRoles, identity, isDemo } from './identity';

interface Viewer {
  role: string;
  contact: { fullName: string } | null;
}

/** Who asks, and how to be somebody else: the graph is another with each. */
export function WhoAmI({ changed }: { changed?: () => void }) {
  const viewer = useViewer();
  const change = (who: string) => {
    become(who);
    changed?.();
  };
  return (
    <div className="whoami">
      <output aria-label="You are">{viewer ? named(viewer) : ''}</output>
      {isDemo ? <RoleSwitch change={change} /> : <TokenField change={change} />}
    </div>
  );
}

function RoleSwitch({ change }: { change: (role: string) => void }) {
  const role = useHeld(identity);
  return (
    <label>
      Ask as{' '}
      <select value={role} onChange={(event) => change(event.target.value)}>
        {demoRoles.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** The token stays in the browser's tab: no link, no history and no request but the gateway's has it. */
function TokenField({ change }: { change: (token: string) => void }) {
  const [typed, setTyped] = useState(identity.get());
  const submit = () => change(typed.trim().replace(/^Bearer\s+/i, ''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label>
        Token{' '}
        <input
          type="password"
          autoComplete="off"
          value={typed}
          placeholder="a token or an API key"
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>{' '}
      <button type="submit">Use</button>
    </form>
  );
}

function useViewer(): Viewer | null {
  const who = useHeld(identity);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  useEffect(() => {
    let current = true;
    setViewer(null);
    if (isDemo || who) {
      void ask({ query: '{ viewer { role contact { fullName } } }' }).then((answer) => {
        if (current) setViewer((answer?.result.data?.viewer as Viewer | undefined) ?? null);
      });
    }
    return () => {
      current = false;
    };
  }, [who]);
  return viewer;
}

function named({ role, contact }: Viewer): string {
  return `${contact?.fullName ?? 'A program'} (${role.toLowerCase()})`;
}
