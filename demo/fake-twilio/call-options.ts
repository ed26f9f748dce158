import type { Account, Recordings } from "./server.ts";
import type { Step } from "./step.ts";
import type { Method } from "./verbs.ts";

/** How a caller ends the recording: by a key, by saying no more, or by hanging up. */
export type Ending = "#" | "silence" | "hangup";

export interface CallOptions {
  /** `http://host:port`: whose `/twilio/voice` the called number is set to ask. */
  readonly server: string;
  /** Further servers that get every webhook at the same moment; what they answer is not followed. */
  readonly alsoTo?: readonly string[];
  /** How the number is set to ask: GET as in the talk, unless told otherwise. */
  readonly method?: Method;
  /** Asked, with ErrorCode and ErrorUrl, when the server cannot be. */
  readonly fallbackUrl?: string;
  readonly from?: string;
  readonly to?: string;
  readonly speaksSeconds?: number;
  readonly ending?: Ending;
  /** What the telephone company can see of the nine steps: 1, 2 and 4 to 7. */
  onStep?(step: Step): void;
  /** A webhook that is tried again, TwiML that is not as it should be. */
  onNotice?(text: string): void;
}

export interface CallResult {
  readonly callSid: string;
  /** That of the first recording. */
  readonly recordingSid: string;
}

/** What all calls share. */
export interface Exchange {
  readonly account: Account;
  /** `http://host:port` of its API. */
  readonly url: string;
  readonly recordings: Recordings;
  /** What a second of waiting lasts: 1 as in life, 0.01 a hundredth. */
  readonly pace: number;
  readonly signal: AbortSignal;
}
