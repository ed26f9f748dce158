import { STATUS_CODES } from "node:http";
import type { HttpAnswer } from "../service/http-answer.ts";

/** An answer as the program writes it on its standard output. Source: RFC 3875, section 6. */
export function writeCgiResponse(answer: HttpAnswer): Buffer {
  const lines = [`Status: ${answer.status} ${STATUS_CODES[answer.status] ?? ""}`];
  for (const [name, value] of Object.entries(answer.headers)) lines.push(`${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${lines.join("\n")}\n\n`), answer.body]);
}

/** What the program wrote, as the server's answer. Throws when it is not a CGI response. */
export function readCgiResponse(output: Buffer): HttpAnswer {
  const end = output.indexOf("\n\n");
  if (end === -1)
    throw new Error(`expected a CGI response with headers and an empty line, got ${output.length} bytes`);
  const headers: Record<string, string> = {};
  for (const line of output.toString("latin1", 0, end).split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1)
      throw new Error(`expected a CGI header "Name: value", got ${JSON.stringify(line.slice(0, 80))}`);
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const { Status: status = "200", ...rest } = headers;
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 2) };
}
