/** The script that everybody wants, and who made it. */

const path = "/script.js";

/** Longest time that a cache may keep what it gets: the attacker wants it there for good, the target does not mind. */
const cacheControl = "public, max-age=31536000";

export type Author = "attacker" | "target";

/** A host whose script is to be replaced, another for each try. */
export function targetHost(attempt: number): string {
  return `target-${attempt}.example`;
}

/** What a browser of the victim asks, and what the attacker's page spells. */
export function scriptRequest(host: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
}

export function scriptResponse(host: string, author: Author): Buffer {
  const body = `document.title = ${JSON.stringify(`${host}, by its ${author}`)};\n`;
  return Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nCache-Control: ${cacheControl}\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Whose script a response carries. Throws when it is nobody's. */
export function authorOf(response: Buffer, host: string): Author {
  for (const author of ["attacker", "target"] as const)
    if (response.equals(scriptResponse(host, author))) return author;
  const got = JSON.stringify(response.toString("latin1").slice(0, 200));
  throw new Error(`expected the script of ${host} by its attacker or its target, got ${got}`);
}
