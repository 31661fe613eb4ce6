import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQLActions } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { ANALYSES_PLUGIN } from './analyses/analyses-plugin';
import { fetcher } from './asking/fetcher';
import { Dock } from './dock/dock';
import { forgetLink, linked } from './documents/document';
import { LinkFollower } from './documents/link-follower';
import { ShareButton } from './documents/share-button';
import { Links } from './site/links';
import { WhoAmI } from './viewer/whoami';

const PLUGINS = [HISTORY_PLUGIN, explorerPlugin(), ANALYSES_PLUGIN];
const FIRST_QUERY = `# Ctrl-Space completes, Ctrl-Enter runs.
# Left: docs, history, explorer, analyses.

query Newest {
  tickets(first: 10, orderBy: [CREATED_AT_DESC]) {
    totalCount
    nodes { number title status createdAt }
  }
}
`;

const opened = linked();
if (opened) forgetLink();

/** GraphiQL with who asks, the dock and the analyses. Headers are not typed here: its history would keep a token. */
export function Console() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={PLUGINS}
      isHeadersEditorEnabled={false}
      defaultQuery={FIRST_QUERY}
      initialQuery={opened?.query}
      initialVariables={opened?.variables}
    >
      <GraphiQL.Logo>
        <Top />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Dock />
      </GraphiQL.Footer>
      <LinkFollower />
    </GraphiQL>
  );
}

/** Another viewer has another schema. */
function Top() {
  const { introspect } = useGraphiQLActions();
  return (
    <div className="top">
      <WhoAmI changed={() => void introspect()} />
      <Links />
    </div>
  );
}
