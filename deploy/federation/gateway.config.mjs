// How Hive Gateway stands before the subgraphs: it hands on who asks, and tells what they answer.
import { GraphQLError } from "graphql";

const FORWARDED = ["authorization", "x-demo-viewer"];
const HOSTS = ["localhost", "127.0.0.1", "[::1]", ...(process.env.ROUTER_HOSTS ?? "").split(",").filter(Boolean)];
const SUBGRAPH_PATIENCE_MS = 35_000; // a subgraph cancels an operation after 30 s by itself
const ABSENT = /^Cannot return null for non-nullable field ([\w.]+)\.$/; // of a row that its subgraph does not give

// Without this a web page could send a mutation by a form, or by a name of its own that leads to this machine: in demo
// mode a request needs no credentials.
const onlyFromOurOwnClients = {
  onRequest({ request, url, fetchAPI, endResponse }) {
    if (!HOSTS.includes(url.hostname)) {
      return endResponse(refused(fetchAPI, 421, "HOST_NOT_SERVED", `This router is not called ${url.hostname}.`));
    }
    const kind = (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
    if (request.method === "POST" && kind !== "application/json") {
      const message = "Send operations as JSON, with Content-Type: application/json.";
      return endResponse(refused(fetchAPI, 415, "UNSUPPORTED_MEDIA_TYPE", message));
    }
  },
};

function refused(fetchAPI, status, code, message) {
  return fetchAPI.Response.json({ errors: [{ message, extensions: { code } }] }, { status });
}

// A subgraph's own errors pass as they are. Of what goes wrong on the way to it a client learns where, not how.
function maskError(error, message) {
  const { code, serviceName } = error.extensions ?? {};
  const place = { nodes: error.nodes, path: error.path };
  if (code === "SUBREQUEST_HTTP_ERROR") {
    const told = `The subgraph ${serviceName} does not answer. Ask again later.`;
    return new GraphQLError(told, { ...place, extensions: { code: "SUBGRAPH_UNAVAILABLE", serviceName } });
  }
  const [, absent] = ABSENT.exec(error.message) ?? [];
  if (absent) {
    const told = `There is no ${absent}: the row is gone, or not for this viewer to see.`;
    return new GraphQLError(told, { ...place, extensions: { code: "NOT_FOUND" } });
  }
  if (isGraphQLsOwn(error)) return error;
  return new GraphQLError(message, { ...place, extensions: { code: "INTERNAL_SERVER_ERROR" } });
}

function isGraphQLsOwn(error) {
  return error instanceof GraphQLError && (error.originalError == null || isGraphQLsOwn(error.originalError));
}

export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs({ request }) {
      const sent = FORWARDED.map((name) => [name, request.headers.get(name)]);
      return Object.fromEntries(sent.filter(([, value]) => value !== null));
    },
  },
  requestId: true, // taken from X-Request-Id or made up, and sent on by that name
  maskedErrors: { maskError, errorMessage: "The router failed." },
  subgraphErrors: { errorCode: false },
  upstreamTimeout: SUBGRAPH_PATIENCE_MS,
  cors: false,
  landingPage: false, // it loads from elsewhere
  graphiql: false,
  logging: "warn",
  plugins: () => [onlyFromOurOwnClients],
};
