/** The JSON worker's first message: its module answers every worker's, so it is kept aside as soon as it stands. */
import 'monaco-editor/esm/vs/language/json/json.worker.js';

export const beginJson = self.onmessage;
