/** The head of an HTTP message, as the parties of this lab read it. */

const endOfHead = Buffer.from("\r\n\r\n");

export interface HttpHead {
  readonly startLine: string;
  /** Of the header with this name, in lower case; empty when there is none. */
  header(name: string): string;
}

/** Bytes up to the end of the head that `bytes` begin with; undefined when it is not whole yet. */
export function headBytes(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(endOfHead);
  return end === -1 ? undefined : end + endOfHead.length;
}

export function parseHead(bytes: Buffer): HttpHead {
  const [startLine = "", ...lines] = bytes.toString("latin1").split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { startLine, header: (name) => headers.get(name) ?? "" };
}

/** Bytes of the whole response that `bytes` begin with; undefined when it is not whole yet. */
export function responseBytes(bytes: Buffer): number | undefined {
  const head = headBytes(bytes);
  if (head === undefined) return undefined;
  const length = head + Number(parseHead(bytes.subarray(0, head)).header("content-length") || "0");
  return bytes.length < length ? undefined : length;
}
