/** One script for the editor's three workers, told apart by their names: most of what they need is the same. */
import { beginJson } from './json-worker';
import { initialize } from 'monaco-editor/esm/vs/editor/editor.worker.js';
import { GraphQLWorker } from 'monaco-graphql/esm/GraphQLWorker.js';

type Begin = typeof self.onmessage;

const beginGraphQL: Begin = () => initialize((context, data) => new GraphQLWorker(context, data));
const beginEditor: Begin = () => initialize(null);
const begins: Record<string, Begin> = { json: beginJson, graphql: beginGraphQL };

self.onmessage = begins[self.name] ?? beginEditor;
