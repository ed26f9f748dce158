/** Keys of a terminal, one by one, without Enter. */
import type { ReadStream } from "node:tty";

const ctrlC = "\u0003";

/** Calls `onKey` for each key until the returned function is called, which leaves the terminal as it was. */
export function listenToKeys(terminal: ReadStream, onKey: (key: string) => void): () => void {
  const onData = (text: string) => {
    for (const key of text) {
      // The terminal makes no signal of it any more.
      if (key === ctrlC) process.kill(process.pid, "SIGINT");
      else onKey(key.toLowerCase());
    }
  };
  const restore = () => {
    terminal.off("data", onData);
    terminal.setRawMode(false);
    terminal.pause();
    process.off("exit", restore);
  };
  terminal.setRawMode(true);
  terminal.setEncoding("utf8");
  terminal.on("data", onData);
  // However the process ends, short of being killed.
  process.on("exit", restore);
  return restore;
}
