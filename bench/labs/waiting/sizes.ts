import type { ProfileName } from "../../profiles.ts";
import { blockingLoop, eventLoop, poolOf } from "./arms.ts";

interface Sizes {
  readonly clients: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** By how long a query takes. */
  readonly arms: readonly { readonly queryMs: number; readonly arms: readonly string[] }[];
}

/** 80 ms are the talk's: 240 million cycles at 3 GHz. */
const [internet, slow, near] = [80, 5, 0.5];

const pools = ([4, 16, 64] as const).map(poolOf);
const allPools = [...pools, poolOf(256)];
const few = [blockingLoop, poolOf(16), eventLoop];
const some = [blockingLoop, poolOf(16), poolOf(64), eventLoop];

export const sizes = {
  smoke: {
    clients: 10,
    warmUpMs: 50,
    measureMs: 150,
    arms: [{ queryMs: slow, arms: [blockingLoop, poolOf(4), eventLoop] }],
  },
  quick: {
    clients: 200,
    warmUpMs: 200,
    measureMs: 560,
    arms: [
      { queryMs: internet, arms: [blockingLoop, ...pools, eventLoop] },
      { queryMs: slow, arms: [blockingLoop, eventLoop] },
      { queryMs: near, arms: few },
    ],
  },
  standard: {
    clients: 200,
    warmUpMs: 400,
    measureMs: 1_000,
    arms: [
      { queryMs: internet, arms: [blockingLoop, ...allPools, eventLoop] },
      { queryMs: slow, arms: some },
      { queryMs: near, arms: some },
    ],
  },
  full: {
    clients: 200,
    warmUpMs: 1_000,
    measureMs: 5_000,
    arms: [internet, slow, near].map((queryMs) => ({
      queryMs,
      arms: [blockingLoop, ...allPools, eventLoop],
    })),
  },
} as const satisfies Record<ProfileName, Sizes>;
