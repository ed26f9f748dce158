import { bundledFolder } from "../../cli/project.ts";
import type { Completed } from "../result.ts";
import type { Load, Traffic } from "../scenarios/scenario.ts";
import type { Arrivals } from "./arrivals.ts";
import type { IngestMethods } from "./ingest-process.ts";
import type { PublisherMethods } from "./publisher-process.ts";
import { type RoundSteps, type RoundsTraffic, runRounds } from "./rounds.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";
import { benchSecret } from "./signature.ts";
import type { SocketBytes } from "./socket-bytes.ts";

/** What a phase of traffic came to. */
export interface TrafficResult {
  /** How well the schedule was kept; absent where there was none. */
  readonly sending?: Completed["sending"];
  readonly accepted: number;
  readonly failed: number;
  readonly dropped: number;
  readonly rounds: readonly (readonly number[])[];
  /** How long it went on by the load's own clock; absent: for as long as the phase. */
  readonly durationMs?: number;
  /** By role: CPU over wall time, 0 to 1. */
  readonly publisherUtilisation?: number;
  readonly ingestUtilisation?: number;
  /** Of this process, where it leads from one event to the next: it has the load's core too. */
  readonly conductorUtilisation?: number;
  /** What the sockets that sent webhooks have read and written. */
  readonly webhookBytes?: SocketBytes;
}

export const noTraffic: TrafficResult = { accepted: 0, failed: 0, dropped: 0, rounds: [] };

export interface SendersOrder {
  readonly load: Pick<Load, "signed" | "warmUp" | "measure">;
  readonly core: number | undefined;
  readonly arrivals: Arrivals;
}

/** What sends the webhooks of one trial, in the processes that its load takes. */
export class Senders {
  readonly publisher: LoadProcess<PublisherMethods> | undefined;
  readonly ingest: LoadProcess<IngestMethods> | undefined;
  readonly #arrivals: Arrivals;
  readonly #webhookSecret: string;

  /** Starts the processes. */
  constructor({ load, core, arrivals }: SendersOrder) {
    const start = <M extends PublisherMethods | IngestMethods>(role: "publisher" | "ingest") =>
      startLoadProcess<M>(new URL(`${role}-process.js`, bundledFolder), role, core);
    const kinds = [load.warmUp.kind, load.measure.kind];
    this.publisher = kinds.includes("open") || kinds.includes("rounds") ? start("publisher") : undefined;
    this.ingest = kinds.includes("closed") ? start("ingest") : undefined;
    this.#arrivals = arrivals;
    this.#webhookSecret = load.signed ? benchSecret : "";
  }

  get processes(): Pick<LoadProcess<PublisherMethods>, "ended" | "kill">[] {
    return [this.publisher, this.ingest].filter((process) => process !== undefined);
  }

  async send(traffic: Extract<Traffic, { kind: "open" | "closed" }>, http: string): Promise<TrafficResult> {
    if (traffic.kind === "closed") {
      const ingest = required(this.ingest, "ingest");
      const { bytesIn, bytesOut, utilisation, ...came } = await ingest.call("ingest", { http, ...traffic });
      return { ...noTraffic, ...came, ingestUtilisation: utilisation, webhookBytes: { bytesIn, bytesOut } };
    }
    const publisher = required(this.publisher, "publisher");
    const order = { http, arrivals: this.#arrivals, webhookSecret: this.#webhookSecret, ...traffic };
    const { accepted, failed, dropped, utilisation, ...sending } = await publisher.call("publish", order);
    return { ...noTraffic, accepted, failed, dropped, sending, publisherUtilisation: utilisation };
  }

  /** One event at a time; `published` is called once one is accepted. */
  async sendRounds(
    traffic: RoundsTraffic,
    http: string,
    steps: Omit<RoundSteps, "publish"> & { published(): void },
  ): Promise<TrafficResult> {
    const publisher = required(this.publisher, "publisher");
    const { payloadBytes } = traffic;
    await steps.nextRound();
    await publisher.call("utilisation", undefined);
    const ran = await runRounds(traffic, {
      ...steps,
      publish: async () => {
        await publisher.call("publishOne", { http, payloadBytes, webhookSecret: this.#webhookSecret });
        steps.published();
      },
    });
    const publisherUtilisation = await publisher.call("utilisation", undefined);
    return { ...noTraffic, ...ran, accepted: ran.rounds.length, publisherUtilisation };
  }

  async kill(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
  }
}

/** A process that the constructor has started, because the load said that it would take it. */
function required<Process>(process: Process | undefined, role: string): Process {
  if (process === undefined) throw new Error(`expected a load that has its ${role}, got one that does not`);
  return process;
}
