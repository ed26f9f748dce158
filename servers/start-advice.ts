/** What to do about a server that did not come up, by what was said of it. */
export function startAdvice(message: string): string {
  if (/\bEADDRINUSE\b/.test(message))
    return "the port is in use: name another with --port, or 0 for a free one";
  if (/\blisten EACCES\b/.test(message))
    return "this user may not listen there: name a port from 1024 up with --port";
  if (/\blisten E\w+|\bgetaddrinfo E\w+/.test(message)) return "name an address of this machine with --host";
  if (/\bE[A-Z]+: [^,\n]+, (?:mkdir|open|access|scandir|lstat|stat)\b/.test(message))
    return "name a folder that can be made and written with --data-folder";
  return "do as it says, and start again";
}
