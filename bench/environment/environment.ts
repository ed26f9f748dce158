import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus, loadavg, release, totalmem } from "node:os";
import { projectFolder } from "../../cli/project.ts";
import { clockResolutionNs } from "../load/clock.ts";
import type { Environment } from "../result.ts";
import { buildHash } from "./build-hash.ts";
import { openFilesLimit } from "./open-files.ts";

/** The packages whose version decides what is measured. */
const measuredPackages = ["express", "ws", "socket.io", "piscina", "koffi", "autocannon", "pg"];

/** What a reader needs to know of the machine. Parts that this system does not tell are absent. */
export async function readEnvironment(pinning: string): Promise<Environment> {
  const [load = 0] = loadavg();
  const commit = readCommit();
  const openFiles = await openFilesLimit("self");
  const congestionControl = await readSystemFile("/proc/sys/net/ipv4/tcp_congestion_control");
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    kernel: release(),
    node: process.version,
    packages: await readPackageVersions(),
    ...(commit === undefined ? {} : { commit }),
    ...(openFiles === undefined ? {} : { openFilesLimit: openFiles }),
    ...(congestionControl === undefined ? {} : { tcpCongestionControl: congestionControl }),
    build: await buildHash(),
    clockResolutionNs: clockResolutionNs(),
    loadAverage: load,
    pinning,
    unavailable: {},
  };
}

async function readPackageVersions(): Promise<Record<string, string>> {
  const lock = JSON.parse(await readFile(new URL("package-lock.json", projectFolder), "utf8"));
  return Object.fromEntries(
    measuredPackages.map((name) => [name, lock.packages[`node_modules/${name}`].version]),
  );
}

function readCommit(): string | undefined {
  const head = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", cwd: projectFolder });
  if (head.status !== 0) return undefined;
  const changes = spawnSync("git", ["status", "--porcelain"], { encoding: "utf8", cwd: projectFolder });
  return head.stdout.trim() + (changes.stdout === "" ? "" : "+");
}

async function readSystemFile(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    return undefined;
  }
}
