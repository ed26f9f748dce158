import koffi from "koffi";

interface Constants {
  readonly O_NONBLOCK: number;
  readonly F_DUPFD_CLOEXEC: number;
  readonly SOL_SOCKET: number;
  readonly SO_RCVTIMEO: number;
  readonly SO_SNDTIMEO: number;
  readonly MSG_DONTWAIT: number;
}

/** What these are called is POSIX, what they are worth is each system's own: its `fcntl.h` and `socket.h`. */
const constantsOf: Partial<Record<NodeJS.Platform, Constants>> = {
  linux: {
    O_NONBLOCK: 0x800,
    F_DUPFD_CLOEXEC: 1030,
    SOL_SOCKET: 1,
    SO_RCVTIMEO: 20,
    SO_SNDTIMEO: 21,
    MSG_DONTWAIT: 0x40,
  },
  darwin: {
    O_NONBLOCK: 0x4,
    F_DUPFD_CLOEXEC: 67,
    SOL_SOCKET: 0xffff,
    SO_RCVTIMEO: 0x1006,
    SO_SNDTIMEO: 0x1005,
    MSG_DONTWAIT: 0x80,
  },
};

const constants = constantsOf[process.platform];
const is64Bit = process.arch === "x64" || process.arch === "arm64";
if (!constants || !is64Bit) {
  throw new Error(
    "expected Linux or macOS on x64 or arm64 for sockets that block, " +
      `got ${process.platform} on ${process.arch}; choose a server without "threads-" in its name`,
  );
}
const { O_NONBLOCK, F_DUPFD_CLOEXEC, SOL_SOCKET, SO_RCVTIMEO, SO_SNDTIMEO, MSG_DONTWAIT } = constants;
const F_GETFL = 3;
const F_SETFL = 4;
const MSG_PEEK = 2;

// Node itself is linked with the C library, whichever that is: its functions are found in this very process.
const libc = koffi.load(null);
const fcntl = libc.func("int fcntl(int fd, int command, ...)");
const recv = libc.func("intptr_t recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)");
const shutdown = libc.func("int shutdown(int fd, int how)");
const setsockopt = libc.func(
  "int setsockopt(int fd, int level, int name, const void *value, uint32_t length)",
);

/** A second descriptor of the same socket, which outlives the first. */
export function duplicate(fd: number): number {
  return checked("fcntl(F_DUPFD_CLOEXEC)", fd, fcntl(fd, F_DUPFD_CLOEXEC, "int", 0));
}

/** From now on a read or write of this socket, through whichever descriptor, waits until it can be done. */
export function setBlocking(fd: number): void {
  const flags = checked("fcntl(F_GETFL)", fd, fcntl(fd, F_GETFL, "int", 0));
  checked("fcntl(F_SETFL)", fd, fcntl(fd, F_SETFL, "int", flags & ~O_NONBLOCK));
}

/** A read that has waited this long fails with EAGAIN. 0: never. */
export function setReadTimeout(fd: number, ms: number): void {
  checked("setsockopt(SO_RCVTIMEO)", fd, setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeval(ms), 16));
}

/** A write of which nothing has been taken for this long fails with EAGAIN. 0: never. */
export function setWriteTimeout(fd: number, ms: number): void {
  checked("setsockopt(SO_SNDTIMEO)", fd, setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, timeval(ms), 16));
}

const peeked = Buffer.alloc(1024);

/** What a read would find, without waiting: `bytes` are left where they are, or dropped when `drop` is set. */
export function look(fd: number, drop: boolean): "nothing" | "bytes" | "end" {
  const count: number = recv(fd, peeked, peeked.length, MSG_DONTWAIT | (drop ? 0 : MSG_PEEK));
  if (count > 0) return "bytes";
  const waits = count < 0 && ["EAGAIN", "EWOULDBLOCK", "EINTR"].includes(errorName());
  return waits ? "nothing" : "end";
}

const howNumbers = { read: 0, write: 1, both: 2 } as const;

/** Ends one or both directions of the connection; this wakes every thread blocked in them. */
export function shutDown(fd: number, how: keyof typeof howNumbers): void {
  const result: number = shutdown(fd, howNumbers[how]);
  // The peer was faster: there is nothing left to end.
  if (result < 0 && errorName() === "ENOTCONN") return;
  checked(`shutdown(${how})`, fd, result);
}

/** `struct timeval` as 64-bit systems have it: seconds and microseconds, eight bytes each. */
function timeval(ms: number): Buffer {
  const value = Buffer.alloc(16);
  value.writeBigInt64LE(BigInt(Math.floor(ms / 1_000)), 0);
  value.writeBigInt64LE(BigInt(Math.floor((ms % 1_000) * 1_000)), 8);
  return value;
}

function checked(call: string, fd: number, result: number): number {
  if (result < 0) throw new Error(`expected ${call} to work on descriptor ${fd}, got ${errorName()}`);
  return result;
}

function errorName(): string {
  const number = koffi.errno();
  const found = Object.entries(koffi.os.errno).find(([, value]) => value === number);
  return found?.[0] ?? `error ${number}`;
}
