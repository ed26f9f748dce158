/** What the three kinds share: a server of ours, steps that are told as they happen, and waiting for what comes. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Verdict } from "../../cli/command.ts";
import { messageOf } from "../../dispatch/deadline.ts";
import { serveHttp } from "../../dispatch/serve-http.ts";
import type { Event, ServerOptions } from "../../servers/contract.ts";
import { loadServer, type ServerName } from "../../servers/index.ts";
import type { HttpAnswer, HttpRequest } from "../../servers/service/http-answer.ts";
import { signStandardWebhook } from "../../servers/service/webhooks/standard-webhooks.ts";
import { noticeLine, type Paint, rowLine, type Style, stepHead } from "../screen.ts";
import { ServerProcess } from "../server-process.ts";
import { watch } from "../watch.ts";
import { Mailbox } from "./mailbox.ts";

/** One of the talk's three kinds of webhooks, to be played. */
export interface Kind {
  readonly name: "push" | "pipes" | "plugins";
  readonly title: string;
  /** Where the talk has it. */
  readonly slides: string;
  readonly about: string;
  /** The names of its steps, in their order, with the colour of each. */
  readonly steps: readonly (readonly [name: string, style?: Style])[];
  /** Tells every step once, or throws `NotSeen`. */
  play(scene: Scene): Promise<void>;
}

/** What a colour says of a step: how it travels, or that it was refused. */
export const ways = { webhook: "cyan", push: "green", refusal: "yellow" } as const satisfies Record<
  string,
  Style
>;

/** What should have been seen was not; the message says what was expected and what came. */
export class NotSeen extends Error {
  override name = "NotSeen";
}

/** An answer over HTTP, and when it was asked for. */
export interface Answered {
  readonly status: number;
  /** The JSON in its body; undefined where it has none. */
  readonly json: unknown;
  readonly askedAt: number;
}

export interface Staging {
  readonly serverName: ServerName;
  /** What a second of waiting lasts: 1 as in life, 0.1 a tenth. */
  readonly pace: number;
  readonly signal: AbortSignal;
  readonly paint: Paint;
  print(text: string): void;
}

/** How long anything may take that is to be seen. */
const patienceMs = 10_000;

/** Plays a kind with a server and secrets of its own: whether every step was seen. */
export async function playKind(kind: Kind, staging: Staging): Promise<Verdict> {
  const { print, paint, serverName } = staging;
  const over = new AbortController();
  const scene = new Scene(kind, { ...staging, signal: AbortSignal.any([staging.signal, over.signal]) });
  print(`\n  ${paint("bold", kind.title)}  (${kind.slides}; server ${serverName})`);
  print(`  ${kind.about}\n`);
  print(stepHead(paint));
  try {
    await scene.server.start();
    // So that the first step does not take what only the first request takes.
    expectStatus(200, await scene.request(`${scene.server.endpoints.http}/healthz`));
    await kind.play(scene);
    const missing = scene.missing();
    if (missing.length > 0) throw new Error(`expected every step to be told, got none of: ${missing}`);
    return "done";
  } catch (error) {
    if (!(error instanceof NotSeen)) throw error;
    print(noticeLine(`${error.message}. Not seen: ${scene.missing().join(", ")}`, paint));
    return "no";
  } finally {
    over.abort(new Error("the scene is over"));
    await scene.end();
  }
}

export class Scene {
  readonly server: ServerProcess;
  /** As the server knows them. */
  readonly facebookSecret = randomBytes(16).toString("hex");
  readonly #webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
  readonly #kind: Kind;
  readonly #staging: Staging;
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #killing = new AbortController();
  readonly #leaving = new AbortController();
  #told = 0;
  #beganAt = 0;
  #before: { readonly atMs: number } | undefined;

  constructor(kind: Kind, staging: Staging) {
    this.#kind = kind;
    this.#staging = staging;
    const options: Partial<ServerOptions> = {
      facebookSecret: this.facebookSecret,
      webhookSecret: this.#webhookSecret,
    };
    this.server = new ServerProcess(staging.serverName, options, this.#killing.signal);
    this.atEnd(async () => this.#leaving.abort());
    this.atEnd(() => this.server.close());
  }

  /** Milliseconds that are `seconds` at the pace of this show. */
  ms(seconds: number): number {
    return seconds * 1_000 * this.#staging.pace;
  }

  /** Rejects when the show is over before. */
  async wait(seconds: number): Promise<void> {
    await wait(this.ms(seconds), undefined, { signal: this.#staging.signal });
  }

  /** How the server pushes. */
  async transport(): Promise<string> {
    return (await loadServer(this.server.name)).transport;
  }

  /** Tells the next step; `at` is when it happened, by `performance.now()`. */
  step(name: string, detail: string, at = performance.now()): void {
    const [next, style] = this.#kind.steps[this.#told] ?? [];
    if (next !== name) throw new Error(`expected step ${next}, got ${name}`);
    if (this.#told === 0) this.#beganAt = at;
    this.#told++;
    const row = { number: this.#told, name, atMs: at - this.#beganAt, detail, style };
    this.#staging.print(rowLine(row, this.#before, this.#staging.paint));
    this.#before = row;
  }

  /** The names of the steps that have not been told. */
  missing(): string[] {
    return this.#kind.steps.slice(this.#told).map(([name]) => name);
  }

  /** What `awaited` gives, if it does so in time. */
  async within<T>(awaited: Promise<T>, what: string): Promise<T> {
    const timer = new AbortController();
    const signal = AbortSignal.any([timer.signal, this.#staging.signal]);
    const late = wait(patienceMs, undefined, { signal }).then(() => {
      throw new NotSeen(`expected ${what} within ${patienceMs / 1_000} s, got nothing`);
    });
    try {
      return await Promise.race([awaited, late, this.server.died]);
    } finally {
      late.catch(() => {});
      timer.abort();
    }
  }

  /** Subscribes to the server over its own transport. Resolves once every event will come. */
  async events(): Promise<Mailbox<Event>> {
    const events = new Mailbox<Event>();
    await watch(this.server.endpoints, (await loadServer(this.server.name)).transport, {
      signal: this.#staging.signal,
      leave: this.#leaving.signal,
      onEvent: (event) => events.put(event),
      onLost: (reason) => this.#notice(`the subscription ended (${reason}); it is taken up again`),
      onNotice: (text) => this.#notice(text),
    });
    return events;
  }

  async post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answered> {
    return await this.request(url, { method: "POST", headers, body });
  }

  async request(url: string, init: RequestInit = {}): Promise<Answered> {
    const askedAt = performance.now();
    try {
      const signal = AbortSignal.any([this.#staging.signal, AbortSignal.timeout(patienceMs)]);
      const response = await fetch(url, { ...init, signal });
      const text = await response.text();
      return { status: response.status, json: text === "" ? undefined : JSON.parse(text), askedAt };
    } catch (error) {
      this.#staging.signal.throwIfAborted();
      throw new NotSeen(`expected an answer of ${new URL(url).pathname}, got none: ${messageOf(error)}`);
    }
  }

  /** Sends the server a webhook of `/hooks/:topic`, signed. `id` is its sender's: sent again it is the same. */
  async hook(topic: string, id: string, data: unknown): Promise<Answered> {
    const body = JSON.stringify(data);
    const seconds = Math.floor(Date.now() / 1_000);
    const headers = {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": signStandardWebhook(this.#webhookSecret, id, seconds, body),
    };
    return await this.post(`${this.server.endpoints.http}/hooks/${topic}`, headers, body);
  }

  /** Serves HTTP on loopback until the end: its `http://host:port`. */
  async serve(answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>): Promise<string> {
    const { url, close } = await serveHttp({ host: "127.0.0.1", port: 0 }, answer);
    this.atEnd(close);
    return url;
  }

  /** Has something done at the end, what was asked for last first. */
  atEnd(ending: () => Promise<void>): void {
    this.#endings.push(ending);
  }

  /** Does all that is to be done at the end, whatever becomes of one. */
  async end(): Promise<void> {
    const ending = this.#endings.pop();
    if (!ending) return this.#killing.abort();
    try {
      await ending();
    } finally {
      await this.end();
    }
  }

  #notice(text: string): void {
    if (!this.#staging.signal.aborted) this.#staging.print(noticeLine(text, this.#staging.paint));
  }
}

/** Goes on only if an answer has this status. */
export function expectStatus(expected: number, { status, json }: Answered): void {
  if (status !== expected)
    throw new NotSeen(`expected status ${expected}, got ${status} ${JSON.stringify(json) ?? ""}`.trimEnd());
}

/** A member of a JSON object; undefined where there is none. */
export function memberOf(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null) return undefined;
  return Object.entries(json).find(([key]) => key === name)?.[1];
}
