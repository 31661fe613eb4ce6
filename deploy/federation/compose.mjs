// Composes the subgraphs of graphql/subgraphs/ to the supergraph that routers run, by both composition libraries.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import apollo from "@apollo/composition";
import * as guild from "@theguild/federation-composition";
import { parse, printSchema } from "graphql";

const HELP = `node compose.mjs [options]

Composes every *.graphql of a folder, a subgraph each that is named by its file, with @apollo/composition and with
@theguild/federation-composition. Where one of them refuses, prints its errors and ends with 1; what it
merely wonders about, such as two descriptions of one type, it prints too.

  --subgraphs FOLDER    where the subgraphs are (graphql/subgraphs of this checkout)
  --urls PATTERN        where each is served: {name} is its name, {nn} its number in the order of names, from 01
                        (http://127.0.0.1:41{nn}/graphql); "-" reads a JSON object of URLs by name from stdin
  --supergraph FILE     writes the supergraph that routers run; "-" prints it
  --api FOLDER          writes the schema that clients see as each library has it: apollo.graphql, guild.graphql
`;

const SUBGRAPHS = fileURLToPath(new URL("../../graphql/subgraphs", import.meta.url));

const COMPOSERS = {
  apollo: (subgraphs) => {
    const { errors, hints, supergraphSdl, schema } = apollo.composeServices(subgraphs);
    return errors ? { errors } : { hints, supergraphSdl, api: printSchema(schema.toAPISchema().toGraphQLJSSchema()) };
  },
  guild: (subgraphs) => {
    const { errors, supergraphSdl, publicSdl } = guild.composeServices(subgraphs);
    return errors ? { errors } : { supergraphSdl, api: publicSdl };
  },
};

function readSubgraphs(folder, urls) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".graphql")).sort();
  if (files.length === 0) throw new Error(`${folder} has no *.graphql`);
  const names = files.map((file) => basename(file, ".graphql"));
  const urlOf = urls === "-" ? urlsByName(names) : urlsByPattern(names, urls);
  return files.map((file, at) => ({
    name: names[at],
    url: urlOf(names[at]),
    typeDefs: parse(readFileSync(join(folder, file), "utf8")),
  }));
}

function urlsByName(names) {
  const urls = JSON.parse(readFileSync(0, "utf8"));
  const missing = names.filter((name) => typeof urls[name] !== "string");
  if (missing.length > 0) throw new Error(`stdin has no URL of ${missing.join(", ")}`);
  return (name) => urls[name];
}

function urlsByPattern(names, pattern) {
  return (name) =>
    pattern.replaceAll("{name}", name).replaceAll("{nn}", String(names.indexOf(name) + 1).padStart(2, "0"));
}

function compose(subgraphs) {
  const composed = {};
  for (const [library, composer] of Object.entries(COMPOSERS)) {
    composed[library] = composer(subgraphs);
    for (const error of composed[library].errors ?? []) console.error(`${library}: ${error.message}`);
    for (const hint of composed[library].hints ?? []) console.error(`${library} wonders: ${hint.message}`);
  }
  return composed;
}

function main() {
  const { values } = parseArgs({
    options: {
      subgraphs: { type: "string", default: SUBGRAPHS },
      urls: { type: "string", default: "http://127.0.0.1:41{nn}/graphql" },
      supergraph: { type: "string" },
      api: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(HELP);
  const composed = compose(readSubgraphs(values.subgraphs, values.urls));
  if (Object.values(composed).some(({ errors }) => errors)) return (process.exitCode = 1);
  const { supergraphSdl } = composed.apollo;
  if (values.supergraph === "-") process.stdout.write(supergraphSdl);
  else if (values.supergraph) writeFileSync(values.supergraph, supergraphSdl);
  if (values.api) {
    for (const [library, { api }] of Object.entries(composed)) writeFileSync(join(values.api, `${library}.graphql`), api);
  }
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
