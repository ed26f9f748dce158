/**
 * What a poll for the quote and its answer carry beside the quote. Blocks of our own wording, with the header names and the
 * sizes that such requests have; the values mean nothing.
 */
import { quoteBytes } from "./quote.ts";

export interface HeaderBlocks {
  readonly request: string;
  readonly response: string;
}

/** How a message is made of its lines: each ends with CRLF, and an empty one ends them all (RFC 9112, section 2.1). */
function block(lines: readonly string[]): string {
  return [...lines, "", ""].join("\r\n");
}

/**
 * A browser and a Java servlet of 2009. The two blocks of the article come to 871 characters without line ends (692 and
 * 179), which its arithmetic goes on with; with their 19 line ends they are 909 bytes (716 and 193).
 */
export const of2009: HeaderBlocks = {
  request: block([
    "GET /quotes/feed/Next?symbol=EXMPL&counter=000000001 HTTP/1.1",
    "Host: www.example.com:8080",
    "User-Agent: Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.1.5) Gecko/20091102 Firefox/3.5.5",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-us",
    "Accept-Encoding: gzip,deflate",
    "Accept-Charset: ISO-8859-1,utf-8;q=0.7,*;q=0.7",
    "Keep-Alive: 300",
    "Connection: keep-alive",
    "Referer: http://www.example.com:8080/quotes/watchlist/",
    `Cookie: ${"session=0123456789abcdef; ".repeat(9)}a=12`,
  ]),
  response: block([
    "HTTP/1.1 200 OK",
    "X-Powered-By: Servlet/2.5",
    "Server: Example Application Server 2.1 (Java 6.0)",
    "Content-Type: text/html;charset=UTF-8",
    `Content-Length: ${quoteBytes}`,
    "Date: Sat, 07 Nov 2009 12:00:00 GMT",
  ]),
};

/** A browser of today, without cookies, and a server that says what ours say. */
export const ofToday: HeaderBlocks = browserBlocks("keep-alive");

/** The same, on a connection that serves for this alone. */
export const ofTodayClosing: HeaderBlocks = browserBlocks("close");

function browserBlocks(connection: "keep-alive" | "close"): HeaderBlocks {
  return {
    request: block([
      "GET /quotes/next?symbol=EXMPL HTTP/1.1",
      "Host: www.example.com",
      `Connection: ${connection}`,
      'sec-ch-ua-platform: "Linux"',
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
      'sec-ch-ua: "Chromium";v="131", "Not_A Brand";v="24"',
      "sec-ch-ua-mobile: ?0",
      "Accept: */*",
      "Sec-Fetch-Site: same-origin",
      "Sec-Fetch-Mode: cors",
      "Sec-Fetch-Dest: empty",
      "Referer: http://www.example.com/quotes/",
      "Accept-Encoding: gzip, deflate, br, zstd",
      "Accept-Language: en-US,en;q=0.9",
    ]),
    response: answerBlock(connection),
  };
}

/** No more than HTTP/1.1 asks for, and what a client of Node.js sends. */
export const bare: HeaderBlocks = {
  request: block(["GET /next HTTP/1.1", "Host: www.example.com", "Connection: keep-alive"]),
  response: answerBlock("keep-alive"),
};

function answerBlock(connection: "keep-alive" | "close"): string {
  return block([
    "HTTP/1.1 200 OK",
    "Content-Type: text/plain; charset=utf-8",
    "Cache-Control: no-store",
    `Content-Length: ${quoteBytes}`,
    "Date: Sat, 07 Nov 2026 12:00:00 GMT",
    `Connection: ${connection}`,
    ...(connection === "close" ? [] : ["Keep-Alive: timeout=65"]),
  ]);
}
