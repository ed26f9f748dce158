/** A database as the command line names it, and its password apart, so that only one of them is ever recorded. */
export interface DatabaseUrl {
  readonly url: string;
  readonly password?: string;
}

const schemes = ["postgres:", "postgresql:"];

/**
 * Takes the password out of a URL of a PostgreSQL, wherever it stands; undefined where the text is no such URL.
 * Source: PostgreSQL's manual, section "Connection URIs".
 */
export function parseDatabaseUrl(text: string): DatabaseUrl | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!schemes.includes(url.protocol)) return undefined;
  const password = url.searchParams.get("password") ?? decoded(url.password);
  if (password === "") return { url: text };
  url.password = "";
  url.searchParams.delete("password");
  return { url: url.href, password };
}

/** As it stands where it is not encoded: a password may have a percent sign in it. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
