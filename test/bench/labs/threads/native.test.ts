import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LabBench } from "../../../../bench/labs/bench.ts";
import { compileNative } from "../../../../bench/labs/threads/native-programs.ts";
import { serveNatively } from "../../../../bench/labs/threads/native-server.ts";
import { leanTcp } from "../../../../bench/load/lean/tcp.ts";
import { record } from "../../load/lean/recording.ts";
import { smokeOrder } from "../smoke-trial.ts";

const compiler = await compileNative("threads");
const native = "file" in compiler;

describe.runIf(native).each(["threads", "loop"] as const)("the native program %s", (program) => {
  let bench: LabBench;
  beforeEach(async () => {
    bench = new LabBench(await smokeOrder());
  });
  afterEach(() => bench.end());

  async function serve() {
    const server = await serveNatively(bench, program);
    if ("exempt" in server) throw new Error(`expected a native server, got none: ${server.exempt}`);
    return server;
  }

  const post = (url: string, body: string) => fetch(url, { method: "POST", body });

  it("sends each event to every subscriber once, in order, and to those who come later what comes later", async () => {
    const { endpoints } = await serve();
    const first = await record(leanTcp, endpoints);
    const second = await record(leanTcp, endpoints);
    const accepted = await post(`${endpoints.http}/hooks/bench`, '{"n":1}');
    expect(accepted.status).toBe(202);
    expect(await accepted.json()).toEqual({ id: 1 });
    await first.recorded.untilId(1);
    const third = await record(leanTcp, endpoints);
    expect(third.subscription.cursor()).toBe(1);
    for (const n of [2, 3]) await post(`${endpoints.http}/hooks/bench`, JSON.stringify({ n }));
    for (const { recorded } of [first, second, third]) await recorded.untilId(3);
    const sent = [1, 2, 3].map((n) => ({ id: n, type: "hook.bench", data: { n } }));
    expect(first.recorded.told).toMatchObject(sent);
    expect(second.recorded.told).toMatchObject(sent);
    expect(third.recorded.told).toMatchObject(sent.slice(1));
  });

  it("goes on serving the others when subscribers leave", async () => {
    const { endpoints } = await serve();
    const leaving = await Promise.all(Array.from({ length: 5 }, () => record(leanTcp, endpoints)));
    const staying = await record(leanTcp, endpoints);
    for (const { subscription } of leaving) subscription.close();
    for (const n of [1, 2, 3]) await post(`${endpoints.http}/hooks/bench`, JSON.stringify({ n }));
    await staying.recorded.untilId(3);
    expect(staying.recorded.told).toHaveLength(3);
  });

  it("answers what is no webhook, and goes on", async () => {
    const { endpoints } = await serve();
    expect((await post(`${endpoints.http}/elsewhere`, "{}")).status).toBe(404);
    expect((await post(`${endpoints.http}/hooks/bench`, "")).status).toBe(400);
    expect((await fetch(`${endpoints.http}/healthz`)).status).toBe(404);
    await expect(post(`${endpoints.http}/hooks/bench`, `"${"x".repeat(9_000)}"`)).rejects.toThrow();
    expect((await post(`${endpoints.http}/hooks/bench`, "{}")).status).toBe(202);
  });
});

it.runIf(native)("compiles a program once", async () => {
  const again = await compileNative("threads");
  expect(again).toBe(compiler);
  expect("file" in again && existsSync(again.file)).toBe(true);
});
