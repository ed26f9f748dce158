/**
 * Header fields that are about one connection alone, besides those that `Connection` names: an intermediary has to
 * take them out before it passes a message on. Source: RFC 9110, section 7.6.1.
 */
const ofOneConnection = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** The header fields that are for whoever is at the other end; both are names and values in turn. */
export function endToEnd(rawHeaders: readonly string[]): string[] {
  const dropped = new Set([...ofOneConnection, ...namedByConnection(rawHeaders)]);
  return pairs(rawHeaders)
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .flat();
}

function namedByConnection(rawHeaders: readonly string[]): string[] {
  return pairs(rawHeaders)
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((option) => option.trim().toLowerCase()));
}

function pairs(rawHeaders: readonly string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] satisfies [string, string]] : [],
  );
}
