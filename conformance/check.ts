import type { Client, Endpoints, Exemption, ServerOptions, Transport } from "../servers/contract.ts";
import type { LaunchedServer } from "../servers/launch.ts";
import type { Publisher } from "./publisher.ts";
import type { Reader } from "./reader.ts";

/** One thing that every server must do. */
export interface Check {
  /** A short lower-case sentence about the server; a server's exemptions name it. */
  readonly name: string;
  /** One line. */
  readonly question: string;
  /** `launch`: it starts servers with options of its own, or asks one for its usage. */
  readonly needs?: "launch";
  /** The transports of which it can be asked; absent: all. */
  readonly transports?: readonly Transport[];
  /** Rejects, with what was expected and what came, when the server does not do it. */
  run(target: Target): Promise<void>;
}

export type CheckResult =
  | { readonly status: "passed" }
  | { readonly status: "failed"; readonly message: string }
  | { readonly status: "exempt"; readonly reason: string }
  | { readonly status: "skipped"; readonly reason: string };

/** How hard a server may be pressed, and how long its answers may take. */
export interface Pace {
  /** Pause between two requests of one polling subscriber, while there are few subscribers. */
  readonly pollMs: number;
  /** Webhooks on their way at once. */
  readonly publishers: number;
  /** Time after which whatever a check waits for will not come. */
  readonly deadlineMs: number;
}

/** Where a subscription of a check starts. */
export interface ReadFrom {
  /** Absent: those of the server under test. */
  readonly endpoints?: Endpoints;
  readonly after?: number;
  readonly pollMs?: number;
}

/** The server under test, as one check sees it. What the check opens is closed when it is over. */
export interface Target {
  /** The name `/healthz` must give; undefined: any. */
  readonly serverName: string | undefined;
  readonly transport: Transport;
  readonly client: Client;
  /** A running server, which the checks share: its history is not empty. */
  readonly endpoints: Endpoints;
  readonly pace: Pace;
  /** Subscribes through the transport's client. */
  read(from?: ReadFrom): Promise<Reader>;
  /** `atOnce`: the most webhooks on their way at once; absent: as the pace says. */
  publisher(endpoints?: Endpoints, atOnce?: number): Publisher;
  /** Starts one more server of the same kind. Rejects for a server that is not ours. */
  launch(options?: Partial<ServerOptions>): Promise<LaunchedServer>;
  /** Runs `cleanUp` when the check is over, however it went. */
  afterwards(cleanUp: () => unknown): void;
}

/** What the suite runs against: a server of ours, or one that runs elsewhere. */
export interface Host {
  readonly serverName: string | undefined;
  readonly transport: Transport;
  readonly client: Client;
  readonly exempt: readonly Exemption[];
  readonly pace: Pace;
  /** The server that the checks share. One that has ended is started again. */
  shared(): Promise<Endpoints>;
  /** A sentence when the shared server has ended although nobody told it to. */
  sharedEnd(): string | undefined;
  /** Absent: the server is not ours to start. */
  launch?(options: Partial<ServerOptions>): Promise<LaunchedServer>;
  close(): Promise<void>;
}
