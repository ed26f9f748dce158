/** What a probe read, or why there is nothing to read on this machine. */
export type Reading<Value> = { readonly value: Value } | { readonly unavailable: string };

/** The reading of a probe that throws where the machine does not have what it needs. */
export async function attempt<Value>(read: () => Value | Promise<Value>): Promise<Reading<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
}
