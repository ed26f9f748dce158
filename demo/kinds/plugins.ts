/**
 * The third kind: the caller dictates the contract, and what is sent back is its answer, at once or later. Slides 11
 * to 18.
 */
import { guardedTransport } from "../../dispatch/attempt.ts";
import { Callbacks } from "../../dispatch/callbacks.ts";
import { systemClock } from "../../dispatch/clock.ts";
import { messageOf } from "../../dispatch/deadline.ts";
import { Guard } from "../../dispatch/guard.ts";
import { systemResolve } from "../../dispatch/names.ts";
import { callPlugin, type PluginAnswer } from "../../dispatch/plugin.ts";
import { notFound } from "../../servers/service/answer.ts";
import {
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
} from "../../servers/service/http-answer.ts";
import { parseJson } from "../../servers/service/webhooks/json.ts";
import { type Arrival, Mailbox } from "./mailbox.ts";
import { type Answered, expectStatus, type Kind, memberOf, NotSeen, type Scene, ways } from "./scene.ts";

export const plugins: Kind = {
  name: "plugins",
  title: "Plugins",
  slides: "slides 11 to 18",
  about: "A board asks plugins what they make of a comment: answer, or call back here.",
  steps: [
    ["Tell me where"],
    ["Comment", ways.webhook],
    ["Pushed", ways.push],
    ["Asks all three", ways.webhook],
    ["I call you", ways.push],
    ["Here is X", ways.push],
    ["Called back", ways.webhook],
    ["Used up", ways.refusal],
    ["Silence", ways.refusal],
    ["Published", ways.push],
  ],
  play,
};

/** How long the board waits for a plugin, and how long the moderator needs. */
const timeoutSeconds = 3;
const moderatingSeconds = 1;

const json = { "Content-Type": "application/json" };

async function play(scene: Scene): Promise<void> {
  const transport = await scene.transport();
  const events = await scene.events();
  const board = await startBoard(scene);

  const moderator = new Moderator(scene);
  const translatorUrl = await scene.serve(() => jsonAnswer(200, { english: "Good day!" }));
  const moderatorUrl = await scene.serve((request) => moderator.receive(request));
  // Its answer never comes.
  const silentUrl = await scene.serve(() => new Promise(() => {}));
  for (const url of [translatorUrl, moderatorUrl, silentUrl])
    expectStatus(201, await scene.post(`${board.url}/plugins`, json, JSON.stringify({ url })));
  scene.step("Tell me where", "translator, moderator and a third: POST /plugins, each with its address");

  const comment = { author: "Ada", text: "Guten Tag!" };
  const sent = await scene.hook("comments", "comment-1", comment);
  expectStatus(202, sent);
  scene.step("Comment", `“${comment.text}”: POST /hooks/comments, signed; 202`, sent.askedAt);
  const { value: event, at } = await scene.within(events.next(), "the push of the comment");
  scene.step("Pushed", `${event.type} by ${transport}, event ${event.id}: the board has it`, at);

  const [translated, moderated, silent] = board.ask(event.data);
  if (!translated || !moderated || !silent) throw new Error("expected three plugins, got fewer");
  scene.step("Asks all three", "the comment, and an address for an answer that comes later");

  const promised = await scene.within(moderator.promised.next(), "the moderator's 202");
  scene.step("I call you", "moderator: 202, and its answer later", promised.at);
  const translation = await scene.within(translated, "the translator's answer");
  const english = wordFrom(translation.value, "response", "english");
  scene.step("Here is X", `translator: 200, “${english}”`, translation.at);

  const verdict = await scene.within(moderated, "the moderator's answer");
  const called = await scene.within(promised.value, "the moderator's calls");
  expectStatus(204, called.first);
  const word = wordFrom(verdict.value, "callback", "verdict");
  scene.step("Called back", `moderator: POST to that address, “${word}”; 204`, called.first.askedAt);
  expectStatus(404, called.second);
  scene.step("Used up", "the same address a second time; 404");

  const nothing = await scene.within(silent, "the board to give up the third plugin");
  if (!("failed" in nothing.value))
    throw new NotSeen(`expected no answer of the third plugin, got ${JSON.stringify(nothing.value)}`);
  scene.step("Silence", `the third: ${nothing.value.failed}; the board goes on without it`, nothing.at);

  const published = {
    ...comment,
    english: wordFrom(translation.value, "response", "english"),
    verdict: word,
  };
  expectStatus(202, await scene.hook("published", "published-1", published));
  const last = await scene.within(events.next(), "the push of what is published");
  if (JSON.stringify(last.value.data) !== JSON.stringify(published))
    throw new NotSeen(`expected the comment as published, got ${JSON.stringify(last.value)}`);
  scene.step(
    "Published",
    `“${english}”, ${word}: ${last.value.type} by ${transport}, event ${last.value.id}`,
    last.at,
  );
}

/** What a plugin made of it, or why nothing. */
type Reply = PluginAnswer | { readonly failed: string };

interface Board {
  readonly url: string;
  /** Asks every plugin at once. */
  ask(data: unknown): Promise<Arrival<Reply>>[];
}

/** The host: it takes addresses of plugins, and late answers. */
async function startBoard(scene: Scene): Promise<Board> {
  const slot: string[] = [];
  const guard = new Guard({ resolve: systemResolve, allowLoopback: true });
  // Nobody knows a callback before there is one.
  let callbacks: Callbacks | undefined;
  const url = await scene.serve((request) => callbacks?.receive(request) ?? receivePlugin(request));
  const own = new Callbacks(url);
  callbacks = own;
  const call = {
    transport: guardedTransport(guard),
    callbacks: own,
    clock: systemClock,
    timeoutMs: scene.ms(timeoutSeconds),
  };
  return { url, ask: (data) => slot.map((plugin) => ask(plugin, data)) };

  async function ask(plugin: string, data: unknown): Promise<Arrival<Reply>> {
    const value = await callPlugin(call, plugin, data).catch((error: unknown) => ({
      failed: messageOf(error),
    }));
    return { value, at: performance.now() };
  }

  function receivePlugin(request: HttpRequest): HttpAnswer {
    if (request.target !== "/plugins" || request.method !== "POST") return notFound(request);
    const parsed = parseJson(request.body);
    const plugin = "value" in parsed ? memberOf(parsed.value, "url") : undefined;
    if (typeof plugin !== "string") return errorAnswer(400, `expected { "url": ... }, got something else`);
    slot.push(guard.parse(plugin).href);
    return jsonAnswer(201, {});
  }
}

/** What the moderator was answered when it called back, and when it did so a second time. */
interface Called {
  readonly first: Answered;
  readonly second: Answered;
}

/** A plugin that takes its time: it answers later, by a request of its own. */
class Moderator {
  /** For each of its 202s the calls that follow. */
  readonly promised = new Mailbox<Promise<Called>>();
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  receive(request: HttpRequest): HttpAnswer {
    const parsed = parseJson(request.body);
    const callback = "value" in parsed ? memberOf(parsed.value, "callback") : undefined;
    if (typeof callback !== "string") return errorAnswer(400, "expected an address for the answer, got none");
    const calling = this.#callLater(callback);
    // Whoever awaits it hears of it; that nobody does yet is no failure.
    calling.catch(() => {});
    this.promised.put(calling);
    return jsonAnswer(202, {});
  }

  async #callLater(callback: string): Promise<Called> {
    await this.#scene.wait(moderatingSeconds);
    const body = JSON.stringify({ verdict: "friendly" });
    const first = await this.#scene.post(callback, json, body);
    return { first, second: await this.#scene.post(callback, json, body) };
  }
}

/** A text in a reply that came by this way. */
function wordFrom(reply: Reply, by: PluginAnswer["by"], name: string): string {
  const word = "by" in reply && reply.by === by ? memberOf(reply.value, name) : undefined;
  if (typeof word === "string") return word;
  throw new NotSeen(`expected "${name}" by ${by}, got ${JSON.stringify(reply)}`);
}
