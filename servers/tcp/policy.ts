/** What Flash Player sends first on a socket, without its NUL. Source: Adobe, "Socket policy files". */
export const policyRequest = "<policy-file-request/>";

/** The policy that lets content from anywhere connect to `port`, with its NUL. */
export function policyFile(port: number): string {
  return (
    `<?xml version="1.0"?>\n<cross-domain-policy>\n` +
    `  <allow-access-from domain="*" to-ports="${port}"/>\n</cross-domain-policy>\0`
  );
}
