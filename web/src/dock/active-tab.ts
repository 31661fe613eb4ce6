import { useGraphiQL } from '@graphiql/react';

/** The tab that is looked at: what is asked in it, and the text of its last answer. */
export interface ActiveTab {
  id: string;
  query: string;
  variables: string;
  operationName: string | null;
  response: string;
  /** Whether an answer is waited for. */
  waits: boolean;
}

export function useActiveTab(): ActiveTab {
  return useGraphiQL(({ tabs, activeTabIndex, isFetching, operationName }) => {
    const tab = tabs[activeTabIndex];
    return {
      id: tab?.id ?? '',
      query: tab?.query ?? '',
      variables: tab?.variables ?? '',
      operationName: operationName ?? null,
      response: tab?.response ?? '',
      waits: isFetching,
    };
  });
}
