/**
 * What a server and its client must offer: types only. Read this first.
 *
 * A server is one cell of the table I/O model × transport. It takes webhooks in over HTTP and pushes the
 * events they make to every subscriber over its transport.
 */

/** Something that happened, as every subscriber gets it: the same JSON on every transport. */
export interface Event {
  /** Counts from 1 without gaps, in the order the server accepted the events. */
  readonly id: number;
  /** `hook.<topic>`, `call.ringing`, ... */
  readonly type: string;
  /** Unix time in milliseconds at which the server accepted the event. */
  readonly at: number;
  /** Any JSON value: what the webhook carried. */
  readonly data: unknown;
}

/**
 * The random id of a numbering of events, in `GET /server.json`. An event's id means it within its epoch only, so a
 * cursor is both: epoch and id. With a data folder the epoch outlives the process, as the events do; without, each
 * process begins another. There an id of the old epoch may well be one of the new, of another event: whoever comes
 * back to a server asks for its epoch first, and if that has changed begins after event 0.
 */
export type Epoch = string;

/** The notice that a cursor cannot be honoured: events between `after` and `next` are not to be had. */
export interface Gap {
  /** The cursor the subscriber gave. */
  readonly after: number;
  /** The id of the first event that will be delivered instead. */
  readonly next: number;
}

export type IoModel = "event loop" | "thread per connection" | "process per request";

/** How an event reaches a subscriber. Each transport has one client, which all its servers share. */
export type Transport = "polling" | "comet" | "streaming" | "ws" | "socketio" | "socketio-polling" | "tcp";

/** Why the server ended a subscription; on the wire as text. */
export type EndReason = "slow subscriber" | "server closing";

/** A conformance check that a server does not have to pass, and why. */
export interface Exemption {
  readonly check: string;
  readonly reason: string;
}

/** The largest load worth asking of a server; beyond it the answer is known and only costs time. */
export interface Ceiling {
  readonly subscribers: number;
  readonly eventsPerSecond: number;
  readonly reason: string;
}

export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Port of the raw TCP listener, on the servers that have one. 0: any free port. */
  readonly tcpPort: number;
  /** Where events and recordings are kept, so that they outlive the process. Empty: nowhere. */
  readonly dataFolder: string;
  /** `https://host`, without a path: where senders reach this server, if not where it listens. For signatures. */
  readonly publicUrl: string;
  /** Origins (`http://host:port`), beside the server's own, whose pages may subscribe. */
  readonly allowedOrigins: readonly string[];
  /** Origins (`http://host:port`) whose pages may show this server's in a frame. None: no page may. */
  readonly framingOrigins: readonly string[];
  /** Further servers (`http://host:port`), which the page that compares transports subscribes to as well. */
  readonly peers: readonly string[];
  /** Standard Webhooks secret (`whsec_...`). Empty: webhooks need no signature. */
  readonly webhookSecret: string;
  /**
   * Account (`AC...`) whose recordings are fetched, and its auth token, which also makes their addresses here
   * unguessable. Empty token: no webhooks from Twilio.
   */
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  /** Where recordings are fetched from. */
  readonly twilioApi: string;
  /** Secret of webhooks from GitHub. Empty: none are taken. */
  readonly githubSecret: string;
  /** App secret of signed requests from Facebook. Empty: none are taken. */
  readonly facebookSecret: string;
  /** Token that senders of CloudEvents must show. Empty: none are taken. */
  readonly cloudEventsToken: string;
  /** What WebSub callbacks and their secrets are made from. Empty: none are taken. */
  readonly webSubSecret: string;
  /** Events published per second; a webhook beyond them gets 429 with Retry-After. 0: no limit. */
  readonly webhooksPerSecond: number;
  /** How many of the newest events are kept for subscribers that come back, as far as 64 MiB hold them. */
  readonly historyEvents: number;
  /** Time a sender has for a whole request; for its headers at most 10 s of it. Then its connection ends. */
  readonly requestTimeoutMs: number;
  /** Interval of the keep-alive traffic that finds subscribers who vanished without goodbye. */
  readonly heartbeatMs: number;
  /** Connections served at once by the thread servers; child processes at once in the CGI server. */
  readonly workers: number;
  /** Connections (threads) or requests (CGI) that may wait for a worker; further ones get 503. */
  readonly queueLength: number;
}

/** Where a running server is reached. */
export interface Endpoints {
  /** `http://host:port`, without a path: webhooks, and every transport but raw TCP. */
  readonly http: string;
  /** `tcp://host:port`, on the servers that speak raw TCP. */
  readonly tcp?: string;
}

/** What a server knows of its own state. */
export interface Usage {
  /** TCP connections open now, webhook senders included. */
  readonly connections: number;
  /** Subscribers cut off since the start because they did not read. */
  readonly cutOff: number;
  /** Connections or requests waiting for a free worker; 0 on the event loop. */
  readonly queued: number;
}

export interface RunningServer {
  readonly endpoints: Endpoints;
  usage(): Promise<Usage>;
  /** Ends every subscription with a reason, then frees the ports. */
  close(): Promise<void>;
}

export interface Server {
  readonly name: string;
  readonly ioModel: IoModel;
  readonly transport: Transport;
  /** One line for tables. */
  readonly summary: string;
  readonly exempt: readonly Exemption[];
  readonly ceiling?: Ceiling;
  start(options: ServerOptions): Promise<RunningServer>;
}

export interface SubscribeOptions {
  /** The last event id the subscriber has seen, in the server's epoch. Absent: only what happens from now on. */
  readonly after?: number;
  /** Pause between two requests of a polling subscriber. */
  readonly pollMs: number;
  /** How long a comet request may be held, in whole seconds. */
  readonly waitSeconds: number;
  /** Source address of the connection, so that many subscribers do not run out of ports. */
  readonly localAddress?: string;
  onEvent(event: Event): void;
  onGap?(gap: Gap): void;
  /** Called once, when the subscription is over for another reason than the subscriber's own `close`. */
  onEnd(reason: string): void;
}

/** One subscription on one transport. It does not reconnect: whoever holds the cursor decides that. */
export interface Subscription {
  /** The id from which it goes on: that of the last event seen, or where it began. */
  cursor(): number;
  /** Ends it without a word to `onEnd`. */
  close(): void;
}

export interface Client {
  /** Resolves once every event from its cursor on is sure to be delivered; rejects if that failed. */
  subscribe(endpoints: Endpoints, options: SubscribeOptions): Promise<Subscription>;
}

/** What the process of a server has used since it started, and how its main thread has fared. */
export interface ProcessUsage {
  /** When this was read, on the clock that all processes of a host share. */
  readonly atMs: number;
  /** User and system time, of all threads. */
  readonly cpuMs: number;
  /** The same of child processes that have ended; undefined where the system does not say. */
  readonly childrenCpuMs: number | undefined;
  readonly rssBytes: number;
  /** The event loop of the main thread: time it waited for something to do, and time it did something. */
  readonly loop: { readonly idleMs: number; readonly activeMs: number };
  /** Pauses of the main thread for garbage collection. */
  readonly gc: { readonly count: number; readonly totalMs: number };
  /** Undefined until told to watch it. */
  readonly loopDelay: LoopDelay | undefined;
}

/** By how much the event loop of the main thread was late for a timer, since told to watch it. */
export interface LoopDelay {
  /** Times it was looked. A long stall is one of them, however long. */
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What is to happen before a server says what it uses. */
export interface UsageRequest {
  /** So that memory is what the server needs, not what it left. */
  readonly collectGarbage?: boolean;
  /** Watches the delay of the event loop, anew from here on. It wakes the loop many times a second. */
  readonly watchLoopDelay?: boolean;
}

/** What the process of a server is told. */
export type ParentMessage =
  | { readonly kind: "usage"; readonly request: UsageRequest }
  | { readonly kind: "close" };

/** What the process of a server says. */
export type ChildMessage =
  | { readonly kind: "ready"; readonly endpoints: Endpoints }
  | { readonly kind: "usage"; readonly server: Usage; readonly process: ProcessUsage }
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly message: string };
