// What clients of the last release would meet when they ask the supergraph as it is: breaking changes, and others.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const HELP = `node changes.mjs [options]

Compares the supergraph with the one that was released. Lists what breaks clients, and ends with 1 where the file of
accepted changes does not name it, or names what is not so.

  --released FILE   what clients know (graphql/released.graphql of this checkout)
  --supergraph FILE what they would meet (graphql/supergraph.graphql)
  --accepted FILE   breaking changes that are meant, a line each: its name, a colon, why (accepted-changes.txt beside
                    this program)
  --release         makes the supergraph the released one, and forgets what was accepted: once clients have been told
`;

const HEAD = "# Breaking changes since the release that are meant: the name that changes.mjs prints, a colon, and why.\n";

const inCheckout = (place) => fileURLToPath(new URL(`../../${place}`, import.meta.url));

const nameOf = ({ type, path }) => `${type} ${path}`;

function readAccepted(file) {
  const lines = readFileSync(file, "utf8").split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  return lines.map((line) => {
    const [, name, why] = /^([A-Z_]+ [^:]+?):\s*(.*)$/.exec(line) ?? [];
    if (!why) throw new Error(`${file}: "${line}" is not a change's name, a colon, and why`);
    return name;
  });
}

async function judge(released, supergraph, accepted) {
  const [before, after] = [released, supergraph].map((file) => buildSchema(readFileSync(file, "utf8")));
  const changes = await diff(before, after);
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  const names = new Set(breaking.map(nameOf));
  return {
    breaking: breaking.filter((change) => !accepted.includes(nameOf(change))),
    accepted: accepted.filter((name) => names.has(name)),
    stale: accepted.filter((name) => !names.has(name)),
    others: changes.length - breaking.length,
  };
}

function report({ breaking, accepted, stale, others }) {
  for (const change of breaking) console.log(`BREAKS ${nameOf(change)}: ${change.message}`);
  for (const name of accepted) console.log(`accepted ${name}`);
  for (const name of stale) console.log(`NOT SO ${name}: accepted, but nothing like it changed`);
  console.log(`${breaking.length} breaking, ${accepted.length} accepted, ${others} other changes since the release`);
}

async function main() {
  const { values } = parseArgs({
    options: {
      released: { type: "string", default: inCheckout("graphql/released.graphql") },
      supergraph: { type: "string", default: inCheckout("graphql/supergraph.graphql") },
      accepted: { type: "string", default: inCheckout("deploy/federation/accepted-changes.txt") },
      release: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.release) {
    copyFileSync(values.supergraph, values.released);
    return writeFileSync(values.accepted, HEAD);
  }
  const found = await judge(values.released, values.supergraph, readAccepted(values.accepted));
  report(found);
  if (found.breaking.length + found.stale.length > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
