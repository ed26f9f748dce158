/** What tests do inside a page. It gets this as text: nothing here may use an import or another function of this file. */

/** What a page says of itself, as it happens. */
export type Heard =
  | { readonly kind: "connection"; readonly state: string }
  | { readonly kind: "event"; readonly id: number; readonly type: string; readonly callSid: string }
  /** A state that a call was shown in, before the next. */
  | { readonly kind: "shown"; readonly callSid: string; readonly status: string };

interface Element {
  readonly dataset: Readonly<Record<string, string | undefined>>;
}
interface Mutation {
  readonly target: Element;
  readonly attributeName: string | null;
  readonly oldValue: string | null;
}
interface EventReceived {
  readonly detail: { readonly event: { readonly id: number; readonly type: string; readonly data: unknown } };
}
declare const document: {
  readonly documentElement: Element;
  addEventListener(type: "eventreceived", listener: (event: EventReceived) => void): void;
};
declare const MutationObserver: new (
  changed: (mutations: readonly Mutation[]) => void,
) => { observe(node: typeof document, options: Readonly<Record<string, unknown>>): void };
declare const tell: (heard: Heard) => void;

/** Has the page tell what it receives and shows. */
export function tellAll(): void {
  document.addEventListener("eventreceived", ({ detail: { event } }) => {
    const { data } = event;
    const callSid =
      typeof data === "object" && data !== null && "callSid" in data ? String(data.callSid) : "";
    tell({ kind: "event", id: event.id, type: event.type, callSid });
  });
  const observer = new MutationObserver((mutations) => {
    for (const { target, attributeName, oldValue } of mutations) {
      if (attributeName === "data-connection" && target.dataset.connection !== oldValue)
        tell({ kind: "connection", state: target.dataset.connection ?? "" });
      if (attributeName === "data-status" && oldValue !== null && target.dataset.status !== oldValue)
        tell({ kind: "shown", callSid: target.dataset.call ?? "", status: oldValue });
    }
  });
  observer.observe(document, {
    subtree: true,
    attributeOldValue: true,
    attributeFilter: ["data-connection", "data-status"],
  });
}

interface Audio {
  currentTime: number;
  readonly duration: number;
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/**
 * Plays from the beginning until past `seconds`, and stops: each time it was at meanwhile. What cannot be loaded at once
 * the page tries again, and plays then.
 */
export async function playPast(audio: Audio, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const past = new Promise<void>((resolve) => {
    const look = () => {
      times.push(audio.currentTime);
      if (audio.currentTime <= seconds) return;
      audio.removeEventListener("timeupdate", look);
      resolve();
    };
    audio.addEventListener("timeupdate", look);
  });
  audio.play().catch(() => {});
  await past;
  audio.pause();
  return times;
}

/** Goes to `secondsLeft` before the end, and waits until it is there: where that is, and where it is to be. */
export async function seekNearEnd(audio: Audio, secondsLeft: number): Promise<{ at: number; asked: number }> {
  const asked = audio.duration - secondsLeft;
  const sought = new Promise<void>((resolve) => audio.addEventListener("seeked", resolve));
  audio.currentTime = asked;
  await sought;
  return { at: audio.currentTime, asked };
}

declare const WebSocket: new (
  url: string,
) => { addEventListener(type: "open" | "close", listener: () => void): void; close(): void };
declare const EventSource: new (
  url: string,
) => { addEventListener(type: "open" | "error", listener: () => void): void; close(): void };

/** Tries to reach a server in every way that a page can subscribe: those that succeed. */
export async function waysIn({ http, ws }: { http: string; ws: string }): Promise<string[]> {
  const opens = (socket: InstanceType<typeof WebSocket>) =>
    new Promise<boolean>((resolve) => {
      socket.addEventListener("open", () => resolve(true));
      socket.addEventListener("close", () => resolve(false));
    }).finally(() => socket.close());
  const streams = (source: InstanceType<typeof EventSource>) =>
    new Promise<boolean>((resolve) => {
      source.addEventListener("open", () => resolve(true));
      source.addEventListener("error", () => resolve(false));
    }).finally(() => source.close());
  const reads = (url: string) =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );
  const ways: [string, Promise<boolean>][] = [
    ["ws", opens(new WebSocket(`${ws}/events/ws?after=0`))],
    ["socketio by ws", opens(new WebSocket(`${ws}/socket.io/?EIO=4&transport=websocket`))],
    ["socketio by polling", reads(`${http}/socket.io/?EIO=4&transport=polling`)],
    ["streaming", streams(new EventSource(`${http}/events/stream?after=0`))],
    ["polling", reads(`${http}/events?after=0`)],
  ];
  const tried = await Promise.all(ways.map(async ([way, open]) => ((await open) ? [way] : [])));
  return tried.flat();
}
