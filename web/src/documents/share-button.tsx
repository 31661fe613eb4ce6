import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { linkTo } from './document';

/** Copies a link to the query and its variables, and puts it into the address bar. */
export function ShareButton() {
  const editors = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const [label, setLabel] = useState('Share: copy a link to this query');
  const share = async () => {
    const query = editors.queryEditor?.getValue() ?? '';
    const link = linkTo({ query, variables: editors.variableEditor?.getValue() });
    history.replaceState(null, '', link);
    setLabel((await copied(link)) ? 'The link is copied' : 'The link is in the address bar');
  };
  return (
    <ToolbarButton label={label} onClick={() => void share()}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true">
        <path strokeWidth="1.5" d="M8.5 11.5 11.5 8.5M9 6l2-2a3.5 3.5 0 0 1 5 5l-2 2M11 14l-2 2a3.5 3.5 0 0 1-5-5l2-2" />
      </svg>
    </ToolbarButton>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
