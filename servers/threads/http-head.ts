/** A request that is refused before it is understood: its connection ends after the answer. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: "1.0" | "1.1";
}

/** Header fields by their names in lower case. */
export type Fields = Record<string, string>;

/** How the request's body is delimited. */
export type BodyFraming = { readonly kind: "length"; readonly bytes: number } | { readonly kind: "chunked" };

/** What a head says about the rest of the request, and about the connection after it. */
export interface HeadMeaning {
  readonly framing: BodyFraming;
  readonly expectsContinue: boolean;
  readonly keepAlive: boolean;
}

/** `token` of RFC 9110, section 5.6.2. */
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLine = new RegExp(`^(${token}) ([\\x21-\\x7e\\x80-\\xff]+) HTTP/(1\\.[01])$`);
// A field value may hold no control character but the tab (RFC 9110, section 5.5).
const fieldLine = new RegExp(`^(${token}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[ \\t]*$`);

/** A request line without its line end. Source: RFC 9112, section 3. */
export function parseRequestLine(line: string): RequestLine {
  const [, method, target, version] = requestLine.exec(line) ?? [];
  if (method === undefined || target === undefined || (version !== "1.0" && version !== "1.1")) {
    throw new Refusal(400, `expected a request line such as GET / HTTP/1.1, got ${quoted(line)}`);
  }
  return { method, target, version };
}

/**
 * Adds a field line without its line end. One with a space before its colon, or folded over two lines, is
 * refused. Source: RFC 9112, sections 5, 5.1 and 5.2.
 */
export function addFieldLine(fields: Fields, line: string): void {
  const [, name, value] = fieldLine.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    throw new Refusal(400, `expected a header field such as Name: value, got ${quoted(line)}`);
  }
  const key = name.toLowerCase();
  const before = fields[key];
  if (before === undefined) fields[key] = value;
  // RFC 9112, section 3.2: a second Host is an attack or a mistake.
  else if (key === "host") throw new Refusal(400, "expected one Host field, got two");
  // Not a list: the first holds, as in node:http.
  else if (key !== "content-type") fields[key] = `${before}, ${value}`;
}

/** What the whole head means. Throws `Refusal` where two readers could take it differently. */
export function interpretHead({ version }: RequestLine, fields: Fields): HeadMeaning {
  const isOld = version === "1.0";
  // RFC 9112, section 3.2.
  if (!isOld && fields.host === undefined) {
    throw new Refusal(400, "expected a Host field in an HTTP/1.1 request, got none");
  }
  const connection = listOf(fields.connection);
  const keepAlive = isOld ? connection.includes("keep-alive") : true;
  const expectation = fields.expect?.toLowerCase();
  // RFC 9110, section 10.1.1: HTTP/1.0 knows no expectations, and 100-continue is the only one there is.
  if (!isOld && expectation !== undefined && expectation !== "100-continue") {
    throw new Refusal(417, `expected no Expect field but 100-continue, got ${quoted(expectation)}`);
  }
  return {
    framing: bodyFraming(isOld, fields),
    expectsContinue: !isOld && expectation !== undefined,
    keepAlive: keepAlive && !connection.includes("close"),
  };
}

/** Source: RFC 9112, sections 6.1 to 6.3. */
function bodyFraming(isOld: boolean, fields: Fields): BodyFraming {
  const length = fields["content-length"];
  const coding = fields["transfer-encoding"];
  if (coding !== undefined) {
    if (length !== undefined) {
      throw new Refusal(400, "expected Content-Length or Transfer-Encoding, got both");
    }
    if (isOld) throw new Refusal(400, "expected no Transfer-Encoding in an HTTP/1.0 request, got one");
    const codings = listOf(coding);
    if (codings.at(-1) !== "chunked") {
      throw new Refusal(400, `expected chunked as the last transfer coding, got ${quoted(coding)}`);
    }
    if (codings.length > 1) {
      throw new Refusal(501, `expected no transfer coding but chunked, got ${quoted(coding)}`);
    }
    return { kind: "chunked" };
  }
  if (length === undefined) return { kind: "length", bytes: 0 };
  // The same number several times is allowed to be taken as one; nothing honest sends it, so it is not.
  if (!/^\d{1,15}$/.test(length)) {
    throw new Refusal(400, `expected Content-Length to be a whole number, got ${quoted(length)}`);
  }
  return { kind: "length", bytes: Number(length) };
}

/** The size in the first line of a chunk; extensions are ignored. Source: RFC 9112, section 7.1. */
export function parseChunkSize(line: string): number {
  const [, digits] = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/.exec(line) ?? [];
  if (digits === undefined) {
    throw new Refusal(400, `expected a chunk size in hexadecimal, got ${quoted(line)}`);
  }
  return Number.parseInt(digits, 16);
}

function listOf(value: string | undefined): string[] {
  return (value ?? "").split(",").map((item) => item.trim().toLowerCase());
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
