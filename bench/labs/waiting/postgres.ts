import { Client } from "pg";
import { CannotRun } from "../../../cli/command.ts";

/** How long a database may take to let us in. */
const patienceMs = 10_000;

/**
 * Sees to it that a PostgreSQL is there and takes `connections` more. `url` is without its password, which the driver
 * finds in PGPASSWORD. Throws `CannotRun`.
 */
export async function checkPostgres(url: string, connections: number): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: patienceMs });
  let free: number;
  try {
    await client.connect();
    const { rows } = await client.query<{ free: number }>(freeConnections);
    free = rows[0]?.free ?? 0;
  } catch (cause) {
    throw new CannotRun(
      {
        expected: `a PostgreSQL that answers at ${url}`,
        got: messageOf(cause),
        next: "start it, or name another with --database; a password goes into its URL or into PGPASSWORD",
      },
      { cause },
    );
  } finally {
    await client.end();
  }
  if (free >= connections) return;
  throw new CannotRun({
    expected: `room for ${connections} connections at ${url}, one for each client of the lab`,
    got: `room for ${free}`,
    next: `raise max_connections of the server, such as to ${connections + 100}, and restart it`,
  });
}

/** What is left of `max_connections` once this one has ended. */
const freeConnections = `
  select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - (select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid())::int
    as free`;

function messageOf(error: unknown): string {
  // Of a host with several addresses: one error each, and no message of their own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
