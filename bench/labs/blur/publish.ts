import { request } from "node:http";
import { text } from "node:stream/consumers";

/**
 * Has the server accept one webhook; gives the number of its event. By node:http, as its clients: the first `fetch` of a
 * process takes tens of milliseconds of a core on which latencies are being measured.
 */
export function publish(http: string, topic: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = "{}";
    const headers = { "Content-Type": "application/json", "Content-Length": body.length };
    const outgoing = request(`${http}/hooks/${topic}`, { method: "POST", headers, agent: false });
    outgoing.on("response", (response) => {
      text(response)
        .then((answer) => resolve(eventId(response.statusCode, answer)))
        .catch(reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function eventId(status: number | undefined, answer: string): number {
  if (status !== 202) throw new Error(`expected status 202 for a webhook, got ${status}: ${answer}`);
  const accepted: unknown = JSON.parse(answer);
  if (typeof accepted === "object" && accepted !== null && "id" in accepted) return Number(accepted.id);
  throw new Error(`expected the number of the event, got ${answer}`);
}
