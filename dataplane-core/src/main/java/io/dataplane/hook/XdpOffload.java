package io.dataplane.hook;

import io.dataplane.memory.Offload;

/** What moving a frame's first byte does to its checksum and GSO state. */
final class XdpOffload {

  private XdpOffload() {}

  /**
   * The state after a program has had the frame. It may have written into headers, so those of a
   * GSO frame are to be verified before anything is cut by them.
   *
   * @param offload state before
   * @param moved bytes taken off the front; negative = added
   * @return state after
   */
  static long afterProgram(long offload, int moved) {
    long after = moved == 0 ? offload : shifted(offload, moved);
    return Offload.gsoSize(after) == 0 ? after : after | (long) Offload.GSO_DODGY << 8;
  }

  /**
   * The state after the head moved.
   *
   * @param offload state before
   * @param moved bytes taken off the front; negative = added
   * @return state after; none where the checksummed part was cut into
   */
  private static long shifted(long offload, int moved) {
    if (Offload.csum(offload) != Offload.CSUM_PARTIAL) {
      return Offload.gsoSize(offload) != 0 ? offload : offload & 0xf;
    }
    int start = Offload.csumStart(offload) - moved;
    if (start < 0 || start > 0xffff) {
      return 0;
    }
    return Offload.of(
        Offload.CSUM_PARTIAL,
        start,
        Offload.csumOffset(offload),
        Offload.gsoType(offload),
        Offload.gsoSize(offload));
  }
}
