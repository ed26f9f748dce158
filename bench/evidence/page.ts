import type { Cores } from "../environment/cores.ts";
import type { ProfileName } from "../profiles.ts";
import type { Environment } from "../result.ts";

export interface PageOrder {
  readonly cores: Cores;
  readonly environment: Environment;
  /** How often a page that repeats does so. */
  readonly repeats: number;
  /** Of the runs, for a page that makes whole runs. */
  readonly profile: ProfileName;
  /** Ends it at once, and every process of it. */
  readonly interrupted: AbortSignal;
  /** Says what comes next, and how long it takes. */
  tell(what: string): void;
}

/** Why the instrument can be believed in one respect: a measurement made by hand, and a page written from it. */
export interface EvidencePage {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  /** Whether it measures by whole runs, which keep server and load apart by themselves. */
  readonly makesRuns?: boolean;
  make(order: PageOrder): Promise<MadePage>;
}

export interface MadePage {
  readonly title: string;
  /** Blocks of Markdown, in their order. */
  readonly blocks: readonly string[];
  /** Whether everything lay within its tolerance. */
  readonly holds: boolean;
}
