import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findProgramFile } from "../../../cli/find-program.ts";
import type { Address } from "../../network/middleboxes/middlebox.ts";
import type { LabBench } from "../bench.ts";
import type { ReverseProxy } from "./reverse-proxies.ts";

export interface InstalledProxy extends ReverseProxy {
  /** The program's file. */
  readonly file: string;
}

/** Where programs of the administrator lie, which are not on everybody's path. */
const foldersOfRoot = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

/** Time in which the proxy must listen. */
const startMs = 10_000;

const host = "127.0.0.1";

/** The program's file; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  return findProgramFile(name, foldersOfRoot);
}

/**
 * Starts the proxy in front of these servers, on the server's core, and gives where it is reached in place of each. It and
 * its files end with the trial. Rejects with what it says when it does not come up.
 */
export async function startProxy(
  proxy: InstalledProxy,
  upstreams: readonly Address[],
  bench: LabBench,
): Promise<readonly Address[]> {
  const folder = await mkdtemp(join(tmpdir(), `${proxy.name}-`));
  bench.endWithTrial(() => rm(folder, { recursive: true, force: true }));
  const ports = await freePorts(upstreams.length);
  const behind = upstreams.flatMap((upstream, index) => {
    const port = ports[index];
    return port === undefined ? [] : [{ port, upstream }];
  });
  const configuration = join(folder, "configuration");
  await writeFile(configuration, proxy.configuration(behind, folder));
  const call = [proxy.file, ...proxy.parameters(configuration, folder)];
  const { server: core } = bench.cores;
  const [command = "", ...args] = core === undefined ? call : ["taskset", "-c", String(core), ...call];
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`${proxy.name} could not be started: ${error.message}`));
    child.on("close", (code, signal) =>
      resolve(`${proxy.name} ended with ${signal ?? `code ${code}`}${said && `, saying: ${said.trimEnd()}`}`),
    );
  });
  bench.endWithTrial(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await Promise.race([Promise.all(ports.map(accepts)), ended.then(rejected)]);
  return ports.map((port) => ({ host, port }));
}

async function rejected(reason: string): Promise<never> {
  throw new Error(reason);
}

/** Ports that nobody listens on. Another program may take one before it is used; then the proxy does not come up. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen({ host, port: 0 }));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** Resolves once connections to the port are accepted. */
async function accepts(port: number): Promise<void> {
  const endMs = performance.now() + startMs;
  for (;;) {
    const socket = connect({ host, port });
    const refusal = await once(socket, "connect").then(
      () => undefined,
      (error: Error) => error,
    );
    socket.destroy();
    if (refusal === undefined) return;
    if (performance.now() > endMs)
      throw new Error(`expected a proxy on port ${port} within ${startMs / 1_000} s, got ${refusal.message}`);
    await pause(10);
  }
}
