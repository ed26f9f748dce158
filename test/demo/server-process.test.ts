import { expect, it } from "vitest";
import { ServerProcess } from "../../demo/server-process.ts";

it("closes a server that has been ended at once", async () => {
  const killing = new AbortController();
  const server = new ServerProcess("bare", {}, killing.signal);
  await server.start();
  killing.abort();
  await expect(server.close()).resolves.toBeUndefined();
});
