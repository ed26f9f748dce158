import { type MiddleboxName, middleboxes, middleboxNames } from "../../network/middleboxes/index.ts";
import { type Link, networks } from "../../network/networks.ts";
import type { ProfileName } from "../../profiles.ts";
import type { Column } from "../../result.ts";
import type { Lab } from "../lab.ts";
import { measureBox } from "./measure-box.ts";
import { reverseProxies } from "./reverse-proxies.ts";
import { findProgram, type InstalledProxy } from "./start-proxy.ts";
import { type VisitorName, visitors } from "./visitors.ts";
import { type IdleHabit, largestScale, waitsOf, waitsText } from "./waits.ts";

interface Size {
  /** All waiting is this much shorter than in life. */
  readonly scale: number;
  readonly arms: readonly string[];
}

/** Between the subscribers and the box: long beside what the work of a visit takes. */
const link: Link = networks.wan.link;

/** The box that closes idle connections, once more. */
const sooner = "kills-idle-sooner";

const arms = [
  ...middleboxNames.map((name) => ({ name: name as string, summary: middleboxes[name].summary })),
  { name: sooner, summary: "kills-idle with less patience than there is between two heartbeats" },
  ...reverseProxies.map(({ name, summary }) => ({ name, summary })),
];
const all = arms.map(({ name }) => name);

const sizes = {
  // No box that keeps its visitors waiting, so that these may wait long enough on the slowest of machines.
  smoke: { scale: 4, arms: ["strips-upgrade", "nginx"] },
  quick: { scale: largestScale, arms: all.filter((name) => name !== sooner) },
  standard: { scale: largestScale, arms: all },
  full: { scale: 1, arms: all },
} satisfies Record<ProfileName, Size>;

/** A terminal has no room for these; claims read them. */
const unshown: readonly VisitorName[] = ["socketioPolling", "tcpOnHttpPort", "unhinderedWs"];

const columns = visitors
  .filter(({ name }) => !unshown.includes(name))
  .map(({ name, title }): Column => {
    return { figure: `${name}Ms`, title, unit: "ms", better: "lower", absent: "no" };
  });

const lab: Lab = {
  name: "middleboxes",
  question: "Through which boxes on the way do events come, and how long until the first?",
  columns,
  arms,
  conditions: ({ profile }) => [
    'Time from the beginning of connecting to the first event; "no" where that one, or another after it, did not come.',
    `A round trip of ${link.roundTripMs} ms lies between subscribers and box, whatever --network says.`,
    ...waitsText(sizes[profile].scale),
  ],
  cells: ({ profile }) => {
    return sizes[profile].arms.map((arm) => ({ arm, point: { roundTripMs: link.roundTripMs } }));
  },
  expectedMs: ({ arm }, { profile }) => {
    const { patienceMs, quietMs } = waitsOf(habitOf(arm), sizes[profile].scale);
    return 800 + patienceMs + quietMs;
  },
  measure: async ({ arm }, bench) => {
    const box = boxOf(arm);
    if (typeof box !== "string" && "exempt" in box) return box;
    const waits = waitsOf(habitOf(arm), sizes[bench.options.profile].scale);
    return measureBox({ box, link, waits }, bench);
  },
};

function habitOf(arm: string): IdleHabit {
  if (arm === sooner) return "closes sooner";
  return arm === "kills-idle" ? "closes" : "keeps";
}

/** What the arm puts on the way, or why this machine cannot. */
function boxOf(arm: string): MiddleboxName | InstalledProxy | { readonly exempt: string } {
  const proxy = reverseProxies.find(({ name }) => name === arm);
  if (proxy === undefined)
    return middleboxNames.find((name) => name === arm) ?? ("kills-idle" satisfies MiddleboxName);
  const program = findProgram(proxy.program);
  if (program !== undefined) return { ...proxy, file: program };
  return {
    exempt: `${proxy.program} is not installed here; install it, as by apt-get install ${proxy.program}`,
  };
}

export default lab;
