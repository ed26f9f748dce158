import { fileURLToPath } from "node:url";
import { projectFolder } from "../../../cli/project.ts";
import { networks } from "../../network/networks.ts";
import type { ProfileName } from "../../profiles.ts";
import { median } from "../../stats/median.ts";
import type { LabBench } from "../bench.ts";
import type { Lab, LabReading } from "../lab.ts";
import { readCaches } from "./caches.ts";
import type { ChaseMethods } from "./chase-process.ts";
import type { DiskMethods } from "./disk-process.ts";
import type { EchoMethods } from "./echo-process.ts";
import type { PingMethods } from "./ping-process.ts";
import { rungOf, rungs, talkCyclesIn } from "./rungs.ts";
import { type WalkedRung, workingSetBytes } from "./working-sets.ts";

const mebibyte = 1024 * 1024;

const sizes = {
  smoke: {
    walkMs: 10,
    leastRamBytes: 32 * mebibyte,
    fileBytes: 2 * mebibyte,
    reads: 50,
    pings: 100,
    farPings: 1,
  },
  quick: {
    walkMs: 80,
    leastRamBytes: 256 * mebibyte,
    fileBytes: 32 * mebibyte,
    reads: 2_000,
    pings: 2_000,
    farPings: 5,
  },
  standard: {
    walkMs: 150,
    leastRamBytes: 256 * mebibyte,
    fileBytes: 64 * mebibyte,
    reads: 4_000,
    pings: 4_000,
    farPings: 10,
  },
  full: {
    walkMs: 500,
    leastRamBytes: 256 * mebibyte,
    fileBytes: 256 * mebibyte,
    reads: 10_000,
    pings: 10_000,
    farPings: 20,
  },
} satisfies Record<ProfileName, object>;

/** Time for the reads of a disk; one that seeks has some tens of them in it. */
const readsMs = 250;

/** Until two processes run code that is optimised, in parts of what is measured. */
const warmUpShare = 0.2;

/** A process that starts, and making and writing what is read. */
const startMs = { walked: 150, ram: 700, disk: 600, ping: 250 };

const lab: Lab = {
  name: "ladder",
  question: "How long does it take to fetch what lies in a cache, in memory, on the disk, across a network?",
  columns: [
    { figure: "medianNs", title: "here", unit: "ns", better: "lower" },
    { figure: "cycles", title: "cycles at 3 GHz", unit: "count", better: "lower" },
    { figure: "talkCycles", title: "in the talk", unit: "count", better: "lower" },
    { figure: "timesTalk", title: "here over talk", unit: "times", better: "lower" },
  ],
  arms: rungs.map(({ name, summary }) => ({ name, summary })),
  conditions: () => [
    "One byte or block at a time, the next when the last has come; each figure is the median, in cycles of the clock that the talk's source had, 3 GHz, so that they can be laid beside the talk's.",
    "Caches and memory: steps from line to line of an Int32Array in an order that nobody can tell ahead, over half of the first and the second cache, a quarter of the third, and of memory eight times the third or more. In a step is the load and the check of bounds that JavaScript adds, which hides behind the load; pages are as the system hands them out, and what finding them takes is in the figure. In a virtual machine others may have their part of the third cache.",
    "Disk: blocks of 4 KiB at random places of a file, with O_DIRECT and so past the page cache; the kernel's count of bytes fetched from storage says that it was. The disk is whatever this machine calls one, with the caches that it has itself; the file is small, so an arm that has to move does not move far.",
    "Loopback: one byte over TCP to a process on the other core and back.",
    "Network: the same over the relay with a round trip of 80 ms. That is set, as the talk has it, and not measured: it shows the distance between the rungs, and what the instrument adds to it. It is so whatever --network says.",
  ],
  cells: () => rungs.map(({ name }) => ({ arm: name, point: {} })),
  expectedMs: ({ arm }, { profile }) => {
    const { walkMs, farPings, pings } = sizes[profile];
    const { name } = rungOf(arm);
    if (name === "disk") return startMs.disk + 2 * readsMs;
    if (name === "loopback") return startMs.ping + pings * 0.1;
    if (name === "network") return startMs.ping + (2 + farPings) * networks.wan.link.roundTripMs;
    return (name === "ram" ? startMs.ram : startMs.walked) + walkMs * (1 + warmUpShare);
  },
  measure: async ({ arm }, bench) => {
    const { name } = rungOf(arm);
    if (name === "disk") return disk(bench);
    if (name === "loopback" || name === "network") return roundTrip(name, bench);
    return walked(name, bench);
  },
};

async function walked(rung: WalkedRung, bench: LabBench): Promise<LabReading> {
  const { walkMs, leastRamBytes } = sizes[bench.options.profile];
  const bytes = workingSetBytes(rung, readCaches(bench.cores.server), leastRamBytes);
  if (bytes === undefined) return { exempt: "the system tells of no such cache" };
  const walker = bench.start<ChaseMethods>("ladder/chase-process.ts", "server");
  const order = { bytes, seed: bench.seed, warmUpMs: walkMs * warmUpShare, measureMs: walkMs };
  const stepNs = await walker.call("chase", order);
  return { figures: { ...figuresOf(rung, stepNs), workingSetBytes: bytes }, notes: notesOn(rung) };
}

async function disk(bench: LabBench): Promise<LabReading> {
  const { fileBytes, reads } = sizes[bench.options.profile];
  const reader = bench.start<DiskMethods>("ladder/disk-process.ts", "server");
  const read = await reader.call("directReads", {
    // Beside the compiled code: the folder of temporary files is in memory on many systems.
    file: fileURLToPath(new URL(`dist/ladder-${reader.pid}.tmp`, projectFolder)),
    fileBytes,
    seed: bench.seed,
    atMost: reads,
    measureMs: readsMs,
  });
  if ("exempt" in read) return read;
  return {
    figures: { ...figuresOf("disk", median(read.directNs)), cachedNs: median(read.cachedNs) },
    distributions: { latency: read.directNs.map((ns) => ns / 1e6) },
  };
}

async function roundTrip(rung: "loopback" | "network", bench: LabBench): Promise<LabReading> {
  const { pings, farPings } = sizes[bench.options.profile];
  const echo = bench.start<EchoMethods>("ladder/echo-process.ts", "server");
  const pinger = bench.start<PingMethods>("ladder/ping-process.ts", "load");
  const near = await echo.call("listen", undefined);
  const far = rung === "network" ? await overRelay(near, bench) : near;
  const count = rung === "network" ? farPings : pings;
  const warmUp = rung === "network" ? 0 : count * warmUpShare;
  const tookNs = await pinger.call("ping", { url: far, warmUp, count });
  return {
    figures: figuresOf(rung, median(tookNs)),
    notes: notesOn(rung),
    distributions: { latency: tookNs.map((ns) => ns / 1e6) },
  };
}

async function overRelay(http: string, bench: LabBench): Promise<string> {
  const relays = await bench.relays({ network: networks.wan, endpoints: { http }, count: 1 });
  const [relayed] = relays.endpoints;
  if (relayed === undefined) throw new Error("expected the address of a relay, got none");
  return relayed.http;
}

function figuresOf(name: string, medianNs: number | undefined) {
  const { talkCycles } = rungOf(name);
  const cycles = medianNs === undefined ? undefined : talkCyclesIn(medianNs);
  const timesTalk = cycles === undefined || talkCycles === undefined ? undefined : cycles / talkCycles;
  return { medianNs, cycles, talkCycles, timesTalk };
}

function notesOn(name: string): string[] {
  return rungOf(name).talkCycles === undefined ? ["not on the talk's slide"] : [];
}

export default lab;
