// PostGraphile over the bench's database: its own preset and its own server, one process.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

// { socket, pool, role, schemas, viewers: { manager: { "viewer.role": … } } }
const settings = JSON.parse(process.env.BENCH_POSTGRAPHILE);

const preset = {
  extends: [PostGraphileAmberPreset],
  // Foreign keys carry operator_id and indexes do not: it would take every way back for one without an index.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  grafast: {
    explain: false,
    // The viewer of the request, as settings of its transaction.
    context: ({ node }) => ({ pgSettings: settings.viewers[node.req.headers["x-demo-viewer"]] }),
  },
  grafserv: { graphiql: false, watch: false, websockets: false },
  pgServices: [
    makePgService({
      schemas: settings.schemas,
      poolConfig: {
        host: settings.socket,
        port: 5432,
        user: "gateway_login",
        database: "central_memory",
        max: settings.pool,
        options: `-c role=${settings.role}`,
      },
    }),
  ],
};

const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
await serv.addTo(server);
await serv.ready();
server.listen(0, "127.0.0.1", () => console.log(`serves on http://127.0.0.1:${server.address().port}`));
