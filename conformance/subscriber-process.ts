import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../cli/project.ts";
import type { Target } from "./check.ts";
import { within } from "./wait.ts";

/** What the process of a subscriber says. */
export type SubscriberMessage =
  | { readonly kind: "subscribed" }
  | { readonly kind: "ended"; readonly reason: string; readonly ids: readonly number[] }
  | { readonly kind: "failed"; readonly message: string };

type Ended = Extract<SubscriberMessage, { kind: "ended" }>;

/** The compiled program. */
const program = fileURLToPath(new URL("dist/conformance/subscriber.js", projectFolder));

/** A subscriber that can be made to stop reading, or to vanish. */
export class SubscriberProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #deadlineMs: number;

  private constructor(child: ChildProcess, deadlineMs: number) {
    this.#child = child;
    this.#deadlineMs = deadlineMs;
    this.#ended = messageOf(child, "ended");
    // A check that does not wait for the end has no use for its failure.
    this.#ended.catch(() => {});
  }

  /** Resolves once it is subscribed. Its process ends with the check, or with this process. */
  static async start(
    target: Pick<Target, "transport" | "pace" | "endpoints" | "afterwards">,
    endpoints = target.endpoints,
  ): Promise<SubscriberProcess> {
    const { pollMs, deadlineMs } = target.pace;
    const child = fork(program, [target.transport, JSON.stringify(endpoints), String(pollMs)], {
      execArgv: [],
    });
    // A stopped process does not see that its parent is gone.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    target.afterwards(() => {
      process.off("exit", kill);
      kill();
    });
    const subscriber = new SubscriberProcess(child, deadlineMs);
    await within(deadlineMs, "a subscriber in a process of its own", messageOf(child, "subscribed"));
    return subscriber;
  }

  stopReading(): void {
    this.#child.kill("SIGSTOP");
  }

  readOn(): void {
    this.#child.kill("SIGCONT");
  }

  /** Ends the process without a word to the server. */
  async vanish(): Promise<void> {
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  /** Why the server ended the subscription, and what had come until then. */
  untilEnd(): Promise<Ended> {
    return within(this.#deadlineMs, "the stopped subscriber to learn that it was ended", this.#ended);
  }
}

function messageOf<Kind extends SubscriberMessage["kind"]>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<SubscriberMessage, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: SubscriberMessage) => {
      if (message.kind === "failed") reject(new Error(message.message));
      else if (isKind(message, kind)) resolve(message);
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => reject(new Error(`the subscriber ended with ${signal ?? code}`)));
  });
}

function isKind<Kind extends SubscriberMessage["kind"]>(
  message: SubscriberMessage,
  kind: Kind,
): message is Extract<SubscriberMessage, { kind: Kind }> {
  return message.kind === kind;
}
