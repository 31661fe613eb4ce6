/** Modules of the editor that come without types. */
declare module 'monaco-editor/esm/vs/editor/editor.worker.js' {
  export function initialize(make: ((context: never, data: never) => object) | null): void;
}
declare module 'monaco-editor/esm/vs/*';

interface Window {
  MonacoEnvironment?: { getWorker(id: string, label: string): Worker };
}
