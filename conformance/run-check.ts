import { AssertionError } from "node:assert/strict";
import type { Endpoints } from "../servers/contract.ts";
import type { Check, CheckResult, Host, Target } from "./check.ts";
import { Publisher } from "./publisher.ts";
import { Reader } from "./reader.ts";
import { within } from "./wait.ts";

/** Longest time for one check: a server may take a connection and never answer. */
const checkDeadlineMs = 120_000;

/** How long a comet request of a check is held. */
const waitSeconds = 5;

/** Asks one question of one server. Never rejects: whatever goes wrong is the answer. */
export async function runCheck(check: Check, host: Host): Promise<CheckResult> {
  const notAsked = whyNotAsked(check, host);
  if (notAsked) return notAsked;
  const cleanUps: (() => unknown)[] = [];
  try {
    const running = check.run(targetOf(host, await host.shared(), cleanUps));
    await within(checkDeadlineMs, "the check to end", running);
    const end = host.sharedEnd();
    return end === undefined ? { status: "passed" } : failed(`expected a server that goes on, got: ${end}`);
  } catch (error) {
    const end = host.sharedEnd();
    return failed(`${messageOf(error)}${end === undefined ? "" : `\n${end}`}`);
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

/** Why a check is not asked of a server; undefined when it is. */
export function whyNotAsked(
  check: Check,
  host: Pick<Host, "exempt" | "transport"> & { readonly launch?: unknown },
): Extract<CheckResult, { reason: string }> | undefined {
  const exemption = host.exempt.find((exempt) => exempt.check === check.name);
  if (exemption) return { status: "exempt", reason: exemption.reason };
  if (check.transports && !check.transports.includes(host.transport)) {
    return { status: "skipped", reason: `asked of ${check.transports.join(", ")} only` };
  }
  if (check.needs === "launch" && !host.launch) {
    return { status: "skipped", reason: "needs a server that the suite can start itself" };
  }
  return undefined;
}

function targetOf(host: Host, shared: Endpoints, cleanUps: (() => unknown)[]): Target {
  const { pace, client } = host;
  return {
    serverName: host.serverName,
    transport: host.transport,
    client,
    endpoints: shared,
    pace,
    async read({ endpoints = shared, pollMs = pace.pollMs, after } = {}) {
      const from = after === undefined ? {} : { after };
      const reader = await Reader.open(client, endpoints, { pollMs, waitSeconds, ...from }, pace.deadlineMs);
      cleanUps.push(() => reader.close());
      return reader;
    },
    publisher(endpoints = shared, atOnce = pace.publishers) {
      const publisher = new Publisher(endpoints.http, atOnce);
      cleanUps.push(() => publisher.close());
      return publisher;
    },
    async launch(options = {}) {
      if (!host.launch) throw new Error("expected one of our own servers, got one that runs elsewhere");
      const launched = await host.launch(options);
      cleanUps.push(() => launched.kill());
      return launched;
    },
    afterwards: (cleanUp) => void cleanUps.push(cleanUp),
  };
}

function failed(message: string): CheckResult {
  return { status: "failed", message };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node adds a comparison below a message of ours, which has it in fewer words.
  if (error instanceof AssertionError) return error.message.split("\n\n", 1)[0] ?? "";
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
