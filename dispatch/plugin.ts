import { parseJson } from "../servers/service/webhooks/json.ts";
import type { Answer, Transport } from "./attempt.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import { userAgent } from "./compose.ts";
import { withDeadline } from "./deadline.ts";

/** Largest answer taken. */
const maxAnswerBytes = 64 * 1024;

/** A plugin gave no answer that can be used; the message says what was expected and what came. */
export class PluginFailed extends Error {
  override name = "PluginFailed";
}

export interface PluginCall {
  readonly transport: Transport;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  /** For the answer, whichever way it comes. */
  readonly timeoutMs: number;
}

export interface PluginAnswer {
  /** With the response itself, or later by a request of the plugin's. */
  readonly by: "response" | "callback";
  readonly value: unknown;
}

/**
 * Sends `{ "data", "callback" }` to a plugin and gives what it makes of it: the caller dictates the contract. The
 * plugin answers with 200 and a JSON body, or with 202, and then sends the body to the callback with a POST.
 */
export async function callPlugin(call: PluginCall, url: string, data: unknown): Promise<PluginAnswer> {
  const { transport, callbacks, clock, timeoutMs } = call;
  const callback = callbacks.open();
  try {
    return await withDeadline(clock, timeoutMs, async (signal) => {
      const answer = await transport(
        {
          method: "POST",
          url,
          headers: { "User-Agent": userAgent, "Content-Type": "application/json" },
          body: JSON.stringify({ data, callback: callback.url }),
          // One more, to tell an answer that is too large.
          maxBodyBytes: maxAnswerBytes + 1,
        },
        signal,
      );
      if (answer.status === 202) return { by: "callback", value: await callback.answer };
      return { by: "response", value: answerOf(answer) };
    });
  } finally {
    callback.close();
  }
}

function answerOf({ status, body }: Answer): unknown {
  if (status !== 200) throw new PluginFailed(`expected status 200, or 202 and a callback, got ${status}`);
  if (body.length > maxAnswerBytes)
    throw new PluginFailed(`expected an answer of at most ${maxAnswerBytes} bytes, got a larger one`);
  const parsed = parseJson(body);
  if ("error" in parsed) throw new PluginFailed(parsed.error);
  return parsed.value;
}
