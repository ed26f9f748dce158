import { createApi } from "../../dispatch/api.ts";
import type { Ask } from "../../dispatch/attempt.ts";
import type { HttpAnswer } from "../../servers/service/http-answer.ts";
import { dispatch, sending, temporaryFolder } from "./dispatching.ts";
import { Network, type Receiver } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The address that the tests subscribe. */
export const target = "https://target.example/hook";

/** The interface of a dispatcher on a clock and a network of the test's own, and how to ask it. */
export async function askApi({ token = "", hub = true } = {}) {
  const clock = new VirtualClock();
  const network = new Network();
  const { store, registry, hubSubscribers, take, close } = dispatch(await temporaryFolder(), clock, network);
  const { guard } = network;
  const api = createApi({
    store,
    registry,
    hubSubscribers,
    guard,
    clock,
    token,
    hub,
    publicUrl: sending.publicUrl,
  });
  const request = (method: string, path: string, type: string, body: string, headers = {}) => {
    const host = "dispatch.example";
    return readable(
      api({
        method,
        target: path,
        headers: { host, "content-type": type, ...headers },
        body: Buffer.from(body),
      }),
    );
  };
  return {
    clock,
    store,
    take,
    close,
    ask: (method: string, path: string, body?: unknown, headers = {}) =>
      request(method, path, "application/json", body === undefined ? "" : JSON.stringify(body), headers),
    hub: (form: Record<string, string>) =>
      request("POST", "/hub", "application/x-www-form-urlencoded", new URLSearchParams(form).toString()),
    /** What the target does from now on; gives what it has been asked since. */
    serve(receiver: Receiver): Ask[] {
      const asked: Ask[] = [];
      network.add("target.example", "93.184.216.34", (ask, signal) => {
        asked.push(ask);
        return receiver(ask, signal);
      });
      return asked;
    },
  };
}

function readable(reply: HttpAnswer): HttpAnswer & { readonly json: Record<string, unknown> } {
  return { ...reply, json: reply.body.length === 0 ? {} : JSON.parse(reply.body.toString()) };
}
