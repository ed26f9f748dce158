/** A telephone company of one's own, which behaves to a receiver of webhooks as Twilio does. */
import { once } from "node:events";
import { portOf } from "../../servers/http/http-server.ts";
import { Call } from "./call.ts";
import type { CallOptions, CallResult } from "./call-options.ts";
import { type Account, Recordings, startApi } from "./server.ts";

export type { CallOptions, CallResult, Ending } from "./call-options.ts";
export type { Step, StepNumber } from "./step.ts";

export interface FakeTwilioOptions extends Account {
  /** What a second of speaking, recording and waiting lasts: 1 as in life, 0.01 a hundredth. Default 1. */
  readonly pace?: number;
}

export interface FakeTwilio {
  /** `http://127.0.0.1:port`: where a server is to fetch recordings, its option `twilioApi`. */
  readonly url: string;
  /** Places a call and follows it to its end. Rejects when the server cannot be asked or says what makes no call. */
  call(options: CallOptions): Promise<CallResult>;
  /** Ends every call where it stands, and forgets the recordings. */
  close(): Promise<void>;
}

/** Starts a telephone company on a free port of 127.0.0.1. */
export async function startFakeTwilio({ pace = 1, ...account }: FakeTwilioOptions): Promise<FakeTwilio> {
  const recordings = new Recordings();
  const api = await startApi(account, recordings);
  const url = `http://127.0.0.1:${portOf(api)}`;
  const closing = new AbortController();
  const calls = new Set<Promise<unknown>>();
  return {
    url,
    call(options) {
      const call = new Call({ account, url, recordings, pace, signal: closing.signal }, options).run();
      calls.add(call);
      const over = () => calls.delete(call);
      call.then(over, over);
      return call;
    },
    async close() {
      closing.abort(new Error("the telephone company is closed"));
      await Promise.allSettled(calls);
      api.close();
      api.closeAllConnections();
      await once(api, "close");
    },
  };
}
