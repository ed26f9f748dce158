/** Figures that nobody here measured: what the talk's sources and the standards say. Each has its source. */

/** Where facts are from: as it stands on a slide, and in full on the last one. */
export const sources = {
  talk: {
    short: "the talk",
    full: "M. Brevoort, “The Evented Web”, Denver Open Source User Group, 1 November 2011.",
  },
  quantum: {
    short: "P. Lubbers and F. Greco, websocket.org/quantum.html",
    full: "P. Lubbers and F. Greco, “HTML5 Web Sockets: A Quantum Leap in Scalability for the Web”, websocket.org/quantum.html.",
  },
  huang: {
    short: "L.-S. Huang et al., W2SP 2011",
    full: "L.-S. Huang, E. Y. Chen, A. Barth, E. Rescorla, C. Jackson, “Talking to Yourself for Fun and Profit”, W2SP 2011.",
  },
  dahl: {
    short: "R. Dahl, JSConf.eu 2009",
    full: "R. Dahl, “Node.js”, JSConf.eu 2009, nodejs.org/jsconf.pdf.",
  },
  duarte: {
    short: "G. Duarte, 2008",
    full: "G. Duarte, “What Your Computer Does While You Wait”, 2008.",
  },
  miller: {
    short: "R. Miller 1968, J. Nielsen 1993",
    full: "R. B. Miller, “Response Time in Man-Computer Conversational Transactions”, 1968; J. Nielsen, “Usability Engineering”, 1993.",
  },
  rfc6202: {
    short: "RFC 6202",
    full: "RFC 6202, “Known Issues and Best Practices for the Use of Long Polling and Streaming in Bidirectional HTTP”, 2011.",
  },
  rfc6455: {
    short: "RFC 6455",
    full: "RFC 6455, “The WebSocket Protocol”, December 2011; RFC 8441 and RFC 9220 carry it over HTTP/2 and HTTP/3.",
  },
  apache: {
    short: "Apache 2.2, httpd-mpm.conf",
    full: "Apache HTTP Server 2.2, conf/extra/httpd-mpm.conf.",
  },
  socketio: {
    short: "Socket.IO 0.8.6, source",
    full: "Socket.IO 0.8.6, source of the client and the server, October 2011.",
  },
  standardWebhooks: {
    short: "Standard Webhooks 1.0.0",
    full: "Standard Webhooks 1.0.0, standardwebhooks.com.",
  },
  twilio: {
    short: "Twilio's documentation",
    full: "Twilio, documentation of TwiML and of requests to your application.",
  },
  mdn: {
    short: "MDN, EventSource",
    full: "MDN Web Docs, EventSource.",
  },
  lindsay: {
    short: "J. Lindsay, 2007",
    full: "J. Lindsay, “Web hooks to revolutionize the web”, 2007.",
  },
  kegel: {
    short: "D. Kegel, 1999",
    full: "D. Kegel, “The C10K problem”, 1999.",
  },
  behren: {
    short: "R. von Behren et al., HotOS 2003",
    full: "R. von Behren, J. Condit, E. Brewer, “Why Events Are a Bad Idea (for High-Concurrency Servers)”, HotOS 2003.",
  },
  jep444: {
    short: "JEP 444",
    full: "JEP 444, “Virtual Threads”, delivered in JDK 21, 2023.",
  },
} as const;

export interface Fact {
  /** With its unit, as it is shown. */
  readonly value: string;
  readonly source: keyof typeof sources;
}

export const facts = {
  "kettle-questions": { value: "eleven", source: "talk" },
  "article-header-bytes": { value: "871 bytes", source: "quantum" },
  "article-frame-bytes": { value: "2 bytes", source: "quantum" },
  "article-header-ratio": { value: "435:1", source: "quantum" },
  "article-headline-ratio": { value: "500:1", source: "quantum" },
  "article-latency-ratio": { value: "3:1", source: "quantum" },
  "article-one-way": { value: "50 ms", source: "quantum" },
  "article-poll-throughput": { value: "6.6 Mbps", source: "quantum" },
  "article-ws-throughput": { value: "0.015 Mbps", source: "quantum" },
  "study-impressions": { value: "54,534", source: "huang" },
  "study-handshakes": { value: "47,338", source: "huang" },
  "study-handshake-share": { value: "86.8 %", source: "huang" },
  "study-poisoned": { value: "8", source: "huang" },
  "study-poisoned-by-flash": { value: "108 of 51,273", source: "huang" },
  "study-proxies-said": { value: "47,338 proxies", source: "talk" },
  "ladder-l1": { value: "3 cycles", source: "dahl" },
  "ladder-ram": { value: "250 cycles", source: "dahl" },
  "ladder-disk": { value: "41 million cycles", source: "dahl" },
  "ladder-network": { value: "240 million cycles", source: "dahl" },
  "ladder-clock": { value: "3 GHz", source: "duarte" },
  "ladder-disk-time": { value: "13.7 ms", source: "duarte" },
  "ladder-network-time": { value: "80 ms", source: "duarte" },
  "at-once": { value: "0.1 s", source: "miller" },
  "worst-transits": { value: "three", source: "rfc6202" },
  "mask-bytes": { value: "4 bytes", source: "rfc6455" },
  "apache-threads": { value: "150 threads", source: "apache" },
  "socketio-patience": { value: "10 s", source: "socketio" },
  "webhook-tolerance": { value: "5 minutes", source: "standardWebhooks" },
  "webhook-retries": { value: "75 hours", source: "standardWebhooks" },
  "twilio-patience": { value: "15 s", source: "twilio" },
  "connections-per-host": { value: "6", source: "mdn" },
} as const satisfies Readonly<Record<string, Fact>>;

export function sourceText(source: Fact["source"]): string {
  return sources[source].short;
}
