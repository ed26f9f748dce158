import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Reader } from "../../conformance/reader.ts";
import { ServerProcess } from "../../demo/server-process.ts";
import type { Endpoints, ServerOptions } from "../../servers/contract.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { loadClient, loadServer, serverNames } from "../../servers/index.ts";
import { type LaunchedServer, launchServer } from "../../servers/launch.ts";
import { withDefaults } from "../../servers/options.ts";
import { lockFolder } from "../../servers/service/folder-lock.ts";

let dataFolder: string;
let server: LaunchedServer | undefined;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "restart-"));
});
afterEach(async () => {
  await server?.kill();
  await rm(dataFolder, { recursive: true });
});

/** Sends a webhook that its sender calls `id`; gives the number of its event. */
async function publish({ http }: Endpoints, id: string): Promise<number> {
  const response = await fetch(`${http}/hooks/restart`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "webhook-id": id },
    body: JSON.stringify({ id }),
  });
  expect(response.status).toBe(202);
  const { id: number }: { id: number } = JSON.parse(await response.text());
  return number;
}

/** Of the numbering of its events. */
async function epochOf({ http }: Endpoints): Promise<string> {
  const response = await fetch(`${http}/server.json`);
  const { epoch }: { epoch: string } = JSON.parse(await response.text());
  expect(epoch).toMatch(/^[\w-]{16}$/);
  return epoch;
}

/** So that the next server is where the last one was. */
function portsOf({ http, tcp }: Endpoints): Partial<ServerOptions> {
  const tcpPort = tcp === undefined ? {} : { tcpPort: Number(new URL(tcp).port) };
  return { port: Number(new URL(http).port), ...tcpPort };
}

it.each(serverNames)("%s goes on where it was when it was killed", async (name) => {
  server = await launchServer(name, { server: { dataFolder } });
  const { endpoints } = server;
  expect([await publish(endpoints, "msg_1"), await publish(endpoints, "msg_2")]).toEqual([1, 2]);
  const epoch = await epochOf(endpoints);
  await server.kill();
  server = await launchServer(name, { server: { dataFolder, ...portsOf(endpoints) } });
  expect(server.endpoints).toEqual(endpoints);
  expect(await epochOf(endpoints)).toBe(epoch);
  // Its sender did not hear of the first answer, say.
  expect(await publish(endpoints, "msg_2")).toBe(2);
  expect(await publish(endpoints, "msg_3")).toBe(3);
  const client = await loadClient((await loadServer(name)).transport);
  const reader = await Reader.open(client, endpoints, { after: 0, pollMs: 50, waitSeconds: 5 }, 20_000);
  await reader.untilId(3);
  reader.close();
  reader.assertIds(1, 3);
  expect(reader.events.map(({ data }) => data)).toEqual([{ id: "msg_1" }, { id: "msg_2" }, { id: "msg_3" }]);
  expect(reader.gaps).toEqual([]);
});

it.each(["tcp", "threads-comet", "cgi"] as const)(
  "%s gives its data folder back when its port is taken",
  async (name) => {
    const occupant = createServer().listen(0, "127.0.0.1");
    await once(occupant, "listening");
    const starting = (await loadServer(name)).start(withDefaults({ dataFolder, port: portOf(occupant) }));
    await expect(starting).rejects.toThrow("EADDRINUSE");
    occupant.close();
    lockFolder(dataFolder)();
  },
);

it("a data folder belongs to one process", async () => {
  const release = lockFolder(dataFolder);
  const second = new ServerProcess("bare", { dataFolder }, AbortSignal.timeout(20_000));
  await expect(second.start()).rejects.toThrow(
    new RegExp(
      `got: expected the data folder ${dataFolder} for this server alone, got one that process ${process.pid} uses: .*\nnext: do as it says`,
    ),
  );
  release();
});
