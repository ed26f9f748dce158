import { randomBytes } from "node:crypto";
import type { CallOptions, Exchange } from "./call-options.ts";
import { recordingPath } from "./server.ts";
import type { Parameters } from "./webhook.ts";

export type CallStatus =
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer";

/** How a call stands, and what its webhooks say of it. */
export class CallState {
  readonly callSid = newSid("CA");
  readonly from: string;
  readonly to: string;
  status: CallStatus = "initiated";
  readonly #exchange: Exchange;
  /** What the call would have taken at a pace of 1, and when it was answered. */
  #nominalMs = 0;
  #answeredMs: number | undefined;
  #sequenceNumber = 0;

  constructor(exchange: Exchange, { from = "+14155550100", to = "+13035550142" }: CallOptions) {
    this.#exchange = exchange;
    this.from = from;
    this.to = to;
  }

  get isAnswered(): boolean {
    return this.#answeredMs !== undefined;
  }

  answer(): void {
    this.#answeredMs = this.#nominalMs;
  }

  /** So much of the call is over. */
  passes(ms: number): void {
    this.#nominalMs += ms;
  }

  /** What every webhook of the call says, but those that tell of a recording. */
  parameters(): Parameters {
    return {
      CallSid: this.callSid,
      AccountSid: this.#exchange.account.accountSid,
      From: this.from,
      To: this.to,
      Caller: this.from,
      Called: this.to,
      CallStatus: this.status,
      ApiVersion: "2010-04-01",
      Direction: "inbound",
    };
  }

  /** What the next webhook says that tells how the call stands. */
  statusParameters(): Parameters {
    const seconds = Math.ceil((this.#nominalMs - (this.#answeredMs ?? this.#nominalMs)) / 1_000);
    return {
      ...this.parameters(),
      Timestamp: new Date().toUTCString(),
      SequenceNumber: String(this.#sequenceNumber++),
      CallbackSource: "call-progress-events",
      ...(this.status === "completed" && {
        CallDuration: String(seconds),
        Duration: String(Math.ceil(seconds / 60)),
      }),
    };
  }

  /** Tells nothing of who calls whom. */
  recordingParameters(sid: string, status: string, more: Parameters): Parameters {
    return {
      AccountSid: this.#exchange.account.accountSid,
      CallSid: this.callSid,
      RecordingSid: sid,
      RecordingUrl: this.recordingUrl(sid),
      RecordingStatus: status,
      RecordingChannels: "1",
      RecordingSource: "RecordVerb",
      RecordingTrack: "both",
      ErrorCode: "0",
      ...more,
    };
  }

  recordingUrl(sid: string): string {
    return this.#exchange.url + recordingPath(this.#exchange.account.accountSid, sid);
  }
}

export function newSid(prefix: "CA" | "RE"): string {
  return prefix + randomBytes(16).toString("hex");
}
