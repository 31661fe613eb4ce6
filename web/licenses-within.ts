import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const VOYAGER = 'node_modules/graphql-voyager';
const WORKER = 'voyager-worker-licenses.md';

/** Voyager comes with other packages within its one file, of which the build cannot know: their licenses are added. */
export function licensesWithin(): Plugin {
  let [root, folder] = ['', ''];
  return {
    name: 'licenses-within',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    closeBundle() {
      const { sources } = read<{ sources: string[] }>(root, `${VOYAGER}/dist/voyager.standalone.js.map`);
      const { packages } = read<{ packages: object }>(root, 'package-lock.json');
      const told = namesIn(sources).map((name) => {
        const license = licenseIn(join(root, placeOf(name, Object.keys(packages))));
        return `## ${name}, within graphql-voyager\n\n${license}\n\n`;
      });
      appendFileSync(join(folder, 'licenses.md'), `\n${told.join('')}${readFileSync(join(root, WORKER), 'utf8')}`);
    },
  };
}

function read<T>(root: string, path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
}

function namesIn(sources: string[]): string[] {
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Voyager's own, if it has one; else that of the whole. */
function placeOf(name: string, installed: string[]): string {
  const places = installed.filter((place) => place.endsWith(`node_modules/${name}`));
  const place = places.find((each) => each.startsWith(VOYAGER)) ?? places.find((each) => each === `node_modules/${name}`);
  if (!place) throw new Error(`Voyager has ${name} within it, which is not installed: its license cannot be told.`);
  return place;
}

function licenseIn(place: string): string {
  const file = readdirSync(place).find((name) => /^licen[sc]e/i.test(name));
  if (!file) throw new Error(`There is no license in ${place}.`);
  return readFileSync(join(place, file), 'utf8').trim();
}
