/** What `ws` makes frames with: it exports that, and its types leave it out. */
import "ws";

declare module "ws" {
  export const Sender: {
    /** The pieces of a frame (RFC 6455, section 5.2), to be sent one after the other. */
    frame(
      data: Buffer,
      options: {
        readonly fin: boolean;
        readonly rsv1: boolean;
        readonly opcode: number;
        readonly mask: boolean;
        /** Whether `data` is to be left as it is; else it is masked in place. */
        readonly readOnly: boolean;
        /** Absent: a fresh key of strong entropy. */
        readonly generateMask?: (key: Buffer) => void;
      },
    ): Buffer[];
  };
}
