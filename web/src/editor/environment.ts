/** Where the editor finds its workers: beside the page, as its content policy wants. */
import EditorWorker from './worker?worker';

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => new EditorWorker({ name: label }),
};
