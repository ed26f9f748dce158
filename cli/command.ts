import { Command, CommanderError } from "@commander-js/extra-typings";

/** What a command that ran has to say: it is done, or the answer is no. */
export type Verdict = "done" | "no";

/** Exit codes of every command. An interrupted one ends as shells expect: 128 and the signal's number. */
const exitCodes = { done: 0, no: 1, cannotRun: 2 } as const;
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Of SIGPIPE, which Node.js leaves to whoever writes. */
const pipeSignal = 13;

/** A command could not run: what was expected, what came instead, and what to do next. */
export class CannotRun extends Error {
  override name = "CannotRun";

  constructor(parts: { expected: string; got: string; next: string }, options?: ErrorOptions) {
    super(`expected: ${parts.expected}\ngot: ${parts.got}\nnext: ${parts.next}`, options);
  }
}

/** A command whose usage errors come to `runCommand` instead of ending the process. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError("(--help tells what can be said)")
    .exitOverride();
}

/**
 * Runs a command to its end and sets the exit code: 0 it is done, 1 it ran and the answer is no, 2 it could
 * not run. The first signal to stop aborts `interrupted`, and `main` winds up; the second ends the process. Output that
 * nobody reads any more is such a signal too.
 */
export async function runCommand(main: (interrupted: AbortSignal) => Promise<Verdict>): Promise<void> {
  const interrupt = new AbortController();
  let signalled = false;
  let signalExitCode: number | undefined;
  for (const [signal, number] of Object.entries(signals)) {
    process.on(signal, () => {
      if (signalled) process.exit(signalExitCode);
      signalled = true;
      process.exitCode = signalExitCode = 128 + number;
      interrupt.abort(new Error(`interrupted by ${signal}`));
    });
  }
  for (const output of [process.stdout, process.stderr]) {
    // As `| head` and `| tee` do when they end: all that is written from here on is lost, and no reason to end at once.
    output.on("error", (error) => {
      if (signalExitCode !== undefined) return;
      process.exitCode = signalExitCode = 128 + pipeSignal;
      interrupt.abort(new Error(`interrupted by its output, which takes no more: ${error.message}`));
    });
  }
  try {
    const verdict = await main(interrupt.signal);
    process.exitCode = signalExitCode ?? exitCodes[verdict];
  } catch (error) {
    process.exitCode = signalExitCode ?? exitCodeOf(error);
    if (error instanceof CommanderError) return; // Commander has printed it.
    console.error(
      error instanceof CannotRun ? `cannot run\n  ${error.message.replaceAll("\n", "\n  ")}` : error,
    );
  }
}

/** Resolves when the signal is aborted, at once where it has been. */
export function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined));
  });
}

function exitCodeOf(error: unknown): number {
  const asked = error instanceof CommanderError && error.exitCode === 0; // --help
  return asked ? exitCodes.done : exitCodes.cannotRun;
}
