/**
 * A PostgreSQL as the callers of the lab see it: their query, a line, is passed on as a wait in the database. All arms go
 * through it, so that none of them has the driver's work to do.
 */
import { Pool } from "pg";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import type { Work } from "./database-process.ts";
import { listenForQueries } from "./line-server.ts";

export interface GatewayOrder {
  /** Without its password, which the driver finds in PGPASSWORD. */
  readonly database: string;
  readonly queryMs: number;
  /** Queries at once. */
  readonly connections: number;
}

async function listen({ database, queryMs, connections }: GatewayOrder): Promise<number> {
  const pool = new Pool({
    connectionString: database,
    min: connections,
    max: connections,
    idleTimeoutMillis: 0,
  });
  const query = { name: "wait", text: "select pg_sleep($1)", values: [queryMs / 1_000] };
  const opening = Array.from({ length: connections }, () => pool.connect());
  for (const client of await Promise.all(opening)) client.release();
  // Each connection has planned the query before the first is measured.
  await Promise.all(Array.from({ length: connections }, () => pool.query({ ...query, values: [0] })));
  return listenForQueries((done) => {
    pool.query(query).then(
      () => done(),
      (error: Error) => done(error.message),
    );
  });
}

function work(): Work {
  const { user, system } = process.cpuUsage();
  return { atMs: nowMs(), cpuMs: (user + system) / 1_000 };
}

const methods = { listen, work };
export type GatewayMethods = typeof methods;
serve(methods);
