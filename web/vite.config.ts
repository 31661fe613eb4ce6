import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { licensesWithin } from './licenses-within.ts';

/** Assets lie compressed only: the gateway sends them as they are, and unpacks them for the rare client that must. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, 'assets');
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
        rmSync(path);
      }
    },
  };
}

/** The page formats queries by itself, so that the worker goes without the formatter. */
function unformatted(): Plugin {
  const absent = '\0absent';
  return {
    name: 'unformatted',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith('prettier/') ? absent : null),
    load: (id) => (id === absent ? 'export default {};' : null),
  };
}

// What of the editor the console has: not comparing, refactoring, lenses and what else only programs want.
const EDITOR = fileURLToPath(new URL('src/editor/parts.ts', import.meta.url));

/**
 * Voyager keeps the root that it draws by to itself, looks at a picture a moment after it may have been taken away, and
 * signs with a pictograph that few fonts have.
 */
function embeddable(): Plugin {
  const changes: [RegExp, string][] = [
    [/\{(\w+\.\w+\(\w+\))\.render\((\w+\.createElement\(\w+,\w+\))\)\}/g, '{const root=$1;root.render($2);return root}'],
    [/=>this\.enableZoom\(\)/g, '=>this.container.isConnected&&this.enableZoom()'],
    [/🛰 Powered by/gu, 'Powered by'],
  ];
  return {
    name: 'embeddable',
    transform(code, id) {
      if (!id.endsWith('/voyager.standalone.js')) return null;
      const changed = changes.reduce((text, [found, instead]) => {
        if (text.match(found)?.length !== 1) this.error(`Voyager does not have ${found} once.`);
        return text.replace(found, instead);
      }, code);
      return { code: changed, map: null };
    },
  };
}

export default defineConfig({
  logLevel: 'error',
  base: '/graphiql/',
  plugins: [compressed(), embeddable(), licensesWithin()],
  resolve: { alias: { 'monaco-editor/esm/vs/editor/edcore.main.js': EDITOR } },
  worker: { format: 'iife', plugins: () => [unformatted()] },
  build: {
    outDir: '../gateway/console/build',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8_000,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: ['index.html', 'workflows.html', 'schema-map.html'],
      output: {
        // What is ours stands apart from what is not, so that a test can weigh it.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'chart', test: /node_modules[\\/]uplot|src[\\/]chart/ },
            { name: 'workflows', test: /web[\\/]src[\\/](workflows|timeline)/ },
            { name: 'schema-map', test: /web[\\/]src[\\/]schema-map/ },
            { name: 'voyager', test: /node_modules[\\/]graphql-voyager/ },
            { name: 'page', test: /web[\\/]src[\\/]site[\\/]page\.css/ },
            { name: 'site', test: /web[\\/]src[\\/](site|viewer|held|failure|asking[\\/](ask(ed)?|notice)\.)/ },
            { name: 'console', test: /web[\\/]src[\\/](?!editor)/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'graphiql', test: /node_modules[\\/](?!monaco-editor|prettier|uplot)/ },
          ],
        },
      },
    },
  },
});
