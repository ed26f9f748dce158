/**
 * How long it took to fetch something, by place and year, as it was published: facts, each with its source. What lies
 * between two of them is interpolated elsewhere, and said to be; what lies beyond the last one is not said at all.
 */
import type { RungName } from "../../bench/labs/ladder/rungs.ts";

export interface Source {
  /** As it stands beside a figure. */
  readonly short: string;
  readonly work: string;
}

export const sources = {
  bryant: {
    short: "Bryant & O’Hallaron",
    work: "R. Bryant, D. O’Hallaron, Computer Systems: A Programmer’s Perspective, storage technologies and processors by year, 1980 to 2005",
  },
  hennessy: {
    short: "Hennessy & Patterson",
    work: "J. Hennessy, D. Patterson, Computer Architecture: A Quantitative Approach, 6th edition, 2017, figure 1.10, after D. Patterson, “Latency lags bandwidth”, CACM 47 (10), 2004",
  },
  norvig: {
    short: "Norvig",
    work: "P. Norvig, “Teach Yourself Programming in Ten Years”, times on a typical PC of 1 GHz in summer 2001",
  },
  duarte: {
    short: "Duarte",
    work: "G. Duarte, “What Your Computer Does While You Wait”, 2008, in cycles of a Core 2 Duo at 3.0 GHz",
  },
  dean: {
    short: "Dean",
    work: "J. Dean, “Designs, Lessons and Advice from Building Large Distributed Systems”, keynote at LADIS 2009",
  },
  gregg: {
    short: "Gregg",
    work: "B. Gregg, Systems Performance, 2013 and 2nd edition 2020, table 2.2 and the times of ping",
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof sources;

export interface Published {
  readonly year: number;
  /** Where a range was published: the middle of it on a log scale. */
  readonly ns: number;
  readonly range?: { readonly low: number; readonly high: number };
  readonly source: SourceName;
}

/** Figures of one thing, by year: only between these is anything interpolated. */
export interface Stretch {
  /** What was timed. */
  readonly of: string;
  readonly points: readonly Published[];
}

export interface Place {
  readonly title: string;
  readonly stretches: readonly Stretch[];
  /** What the lab `ladder` times of it. */
  readonly rung?: RungName;
  /** The rung that the talk's slide has a figure of. */
  readonly talk?: RungName;
}

const us = 1e3;
const ms = 1e6;

/** Duarte counts in cycles. */
const duarteGHz = 3;

function fromTo(year: number, low: number, high: number, source: SourceName): Published {
  return { year, ns: Math.sqrt(low * high), range: { low, high }, source };
}

/** The time of one cycle of the processors of a year. */
export const cycle: Stretch = {
  of: "one cycle of a processor",
  points: [
    { year: 1990, ns: 1_000 / 20, source: "bryant" },
    { year: 1995, ns: 1_000 / 150, source: "bryant" },
    { year: 2000, ns: 1_000 / 750, source: "bryant" },
    { year: 2005, ns: 1_000 / 3_000, source: "bryant" },
    { year: 2008, ns: 1 / duarteGHz, source: "duarte" },
    { year: 2013, ns: 0.3, source: "gregg" },
    { year: 2020, ns: 0.3, source: "gregg" },
  ],
};

/** From near to far. */
export const places: readonly Place[] = [
  {
    title: "L1 cache",
    rung: "l1",
    talk: "l1",
    stretches: [
      {
        of: "a load",
        points: [
          { year: 2001, ns: 2, source: "norvig" },
          { year: 2008, ns: 3 / duarteGHz, source: "duarte" },
          { year: 2009, ns: 0.5, source: "dean" },
          { year: 2013, ns: 0.9, source: "gregg" },
          { year: 2020, ns: 0.9, source: "gregg" },
        ],
      },
    ],
  },
  {
    title: "L2 cache",
    rung: "l2",
    talk: "l2",
    stretches: [
      {
        // What outer caches were made of.
        of: "a chip of static memory",
        points: [
          { year: 1990, ns: 35, source: "bryant" },
          { year: 1995, ns: 15, source: "bryant" },
        ],
      },
      {
        of: "a load",
        points: [
          { year: 2008, ns: 14 / duarteGHz, source: "duarte" },
          { year: 2009, ns: 7, source: "dean" },
          { year: 2013, ns: 2.8, source: "gregg" },
          { year: 2020, ns: 3, source: "gregg" },
        ],
      },
    ],
  },
  {
    title: "L3 cache",
    rung: "l3",
    stretches: [
      {
        of: "a load",
        points: [
          { year: 2013, ns: 12.9, source: "gregg" },
          { year: 2020, ns: 10, source: "gregg" },
        ],
      },
    ],
  },
  {
    title: "memory",
    rung: "ram",
    talk: "ram",
    stretches: [
      {
        of: "the memory chip alone",
        points: [
          { year: 1990, ns: 100, source: "bryant" },
          { year: 1995, ns: 70, source: "bryant" },
          { year: 2000, ns: 60, source: "bryant" },
          { year: 2005, ns: 50, source: "bryant" },
        ],
      },
      {
        of: "a load",
        points: [
          { year: 2008, ns: 250 / duarteGHz, source: "duarte" },
          { year: 2009, ns: 100, source: "dean" },
          { year: 2013, ns: 120, source: "gregg" },
          { year: 2020, ns: 100, source: "gregg" },
        ],
      },
    ],
  },
  {
    title: "solid-state disk",
    // Whatever the machine calls a disk; what turns takes a hundred times as long.
    rung: "disk",
    stretches: [
      {
        of: "a read",
        points: [fromTo(2013, 50 * us, 150 * us, "gregg"), fromTo(2020, 10 * us, 100 * us, "gregg")],
      },
    ],
  },
  {
    title: "disk that turns",
    talk: "disk",
    stretches: [
      {
        of: "the best disk of its day",
        points: [
          { year: 1990, ns: 17.1 * ms, source: "hennessy" },
          { year: 1994, ns: 12.7 * ms, source: "hennessy" },
          { year: 1998, ns: 8.8 * ms, source: "hennessy" },
          { year: 2003, ns: 5.7 * ms, source: "hennessy" },
          { year: 2016, ns: 3.6 * ms, source: "hennessy" },
        ],
      },
    ],
  },
  {
    title: "another process",
    rung: "loopback",
    stretches: [{ of: "a ping of localhost", points: [{ year: 2013, ns: 50 * us, source: "gregg" }] }],
  },
  {
    title: "local network",
    // That of 1995 is left out: editions of the table differ in it.
    stretches: [
      {
        of: "the newest Ethernet",
        points: [
          { year: 1978, ns: 3_000 * us, source: "hennessy" },
          { year: 1999, ns: 340 * us, source: "hennessy" },
          { year: 2003, ns: 190 * us, source: "hennessy" },
          { year: 2010, ns: 100 * us, source: "hennessy" },
          { year: 2017, ns: 60 * us, source: "hennessy" },
        ],
      },
    ],
  },
  {
    title: "in a datacentre",
    stretches: [
      { of: "a round trip", points: [{ year: 2009, ns: 500 * us, source: "dean" }] },
      { of: "a ping over 10 Gbit/s", points: [{ year: 2013, ns: 200 * us, source: "gregg" }] },
    ],
  },
  {
    title: "across an ocean",
    rung: "network",
    talk: "network",
    stretches: [
      { of: "California–Holland, there and back", points: [{ year: 2009, ns: 150 * ms, source: "dean" }] },
      {
        of: "San Francisco–Britain",
        points: [
          { year: 2013, ns: 81 * ms, source: "gregg" },
          { year: 2020, ns: 81 * ms, source: "gregg" },
        ],
      },
    ],
  },
];
