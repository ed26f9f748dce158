import type { Claim } from "./claim.ts";
import { besideWs, bytes, messageRatio } from "./message-bytes.ts";

const websocketHeaders: Claim = {
  name: "websocket-headers",
  title: "WebSocket takes hundreds of times fewer header bytes",
  slides: [25],
  statement:
    "One reason against Comet is the overhead of HTTP. Each request and each answer brings a block of headers, which says the same every time; a WebSocket message brings two bytes. The article that the talk points to concludes that unnecessary header traffic becomes less by 500 to 1.",
  background:
    "The article (P. Lubbers and F. Greco, websocket.org) polls for stock quotes with a browser of 2009. It shows one request and one answer, and counts 871 bytes of headers in them; that leaves out the line ends, with which they are 909. Over the two bytes of a WebSocket message this is 435 to 1, or with the line ends 455 to 1. Its 500 to 1 is this number rounded up, and its 1000 to 1 is for headers twice as long, of which no example is shown. The two bytes were right for the draft of that time and are right for today's standard, from the server and up to 125 bytes; a browser's own messages have four more, a mask. What is counted is headers and framing alone: neither the message nor what TCP and IP add to each packet, which is a claim of its own.",
  said2011: "500:1; its example 435:1 (871 to 2)",
  method:
    "Header blocks of exactly the article's sizes, in our own wording, are sent and answered over real connections, and so is a message of the same 21 bytes over the ws package. Bytes are counted at the clients' sockets, both ways, and the message is taken off. Each poll finds a message, as in the article: what is asked in vain is another claim. The same is counted for a browser's headers of today, a bare client, HTTP/2, server-sent events, Socket.IO and raw TCP.",
  scenarios: [bytes],
  wouldChange:
    "Header blocks of less than 400 bytes for request and answer together, such as HTTP/2's compression gives: then it is tens of times. Nobody can refute it for the article's own headers, whose sizes are known; what can be doubted is that they are what matters.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "headers and framing per message, a poll of 2009 over ws",
        unit: "times",
        estimate: messageRatio(evidence, "poll-2009", "ws", "headerBytes"),
        wanted: { atLeast: 200 },
        because:
          "hundreds are two hundred at least: 500:1 is read as the round figure of an example that comes to 435:1, not as a figure that must be reached",
      },
    ],
    beside: besideWs(evidence, "headerBytes", {
      "poll-today": "with a browser's headers of today, over ws",
      "poll-bare": "with as few headers as can be, over ws",
      "poll-h2": "over HTTP/2, with a browser's headers of today, over ws",
      streaming: "server-sent events over ws",
      socketio: "Socket.IO over ws",
      tcp: "raw TCP over ws",
    }),
  }),
};

export default websocketHeaders;
