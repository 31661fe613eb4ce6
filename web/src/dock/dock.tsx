import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { NoticeStrip } from '../asking/notice-strip';
import { Chart } from '../chart/chart';
import { Explain } from '../explain/explain';
import { Table } from '../table/table';
import { useActiveTab } from './active-tab';
import { SheetPanel } from './sheet-panel';

const PANELS = ['JSON', 'Table', 'Chart', 'Explain'] as const;
type Panel = (typeof PANELS)[number];

/** The result, looked at in four ways. GraphiQL draws the first itself, below this. */
export function Dock() {
  const [panel, setPanel] = useState<Panel>('JSON');
  return (
    <div className="dock" data-panel={panel}>
      <NoticeStrip />
      <PanelTabs chosen={panel} choose={setPanel} />
      {panel !== 'JSON' && (
        <div role="tabpanel" id="dock-panel" aria-labelledby={`dock-${panel}`} className="dock-panel">
          <Content panel={panel} />
        </div>
      )}
    </div>
  );
}

function Content({ panel }: { panel: Panel }): ReactNode {
  const tab = useActiveTab();
  if (panel === 'Explain') return <Explain tab={tab} />;
  if (tab.waits) return <p className="dock-empty">Waiting for the answer …</p>;
  return <SheetPanel response={tab.response} of={panel === 'Table' ? Table : Chart} />;
}

function PanelTabs({ chosen, choose }: { chosen: Panel; choose: (panel: Panel) => void }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = PANELS[(PANELS.indexOf(chosen) + step + PANELS.length) % PANELS.length] ?? chosen;
    choose(next);
    document.getElementById(`dock-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Ways to look at the result" className="dock-tabs" onKeyDown={onKeyDown}>
      {PANELS.map((name) => (
        <button
          key={name}
          id={`dock-${name}`}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          aria-controls={name === chosen && name !== 'JSON' ? 'dock-panel' : undefined}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => choose(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
