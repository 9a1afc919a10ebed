package io.dataplane.packet.offload;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.HeaderOffsets;
import io.dataplane.wire.Ipv4;
import io.dataplane.wire.Tcp;
import io.dataplane.wire.VirtioNetHdr;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Between the virtio-net header of a TAP and a frame's {@link Offload}: {@code
 * virtio_net_hdr_to_skb} and {@code virtio_net_hdr_from_skb} (include/linux/virtio_net.h).
 *
 * <p>The host side is not trusted. Whatever a received header claims is checked against the frame's
 * own bytes before anything believes it, so a frame that passed carries no {@link
 * Offload#GSO_DODGY}. Stricter than the kernel in three ways: headers must lie in the linear part
 * (a driver receives the first 1.7 KiB of a frame there), a GSO packet must begin with the protocol
 * it claims even where its checksum is partial, and an IP fragment is never GSO.
 */
public final class VnetHeaders {

  /** Datagrams that a UDP_L4 packet may be cut into at most ({@code UDP_MAX_SEGMENTS}). */
  public static final int UDP_SEGMENTS_MAX = 128;

  /**
   * Payload a TCP segment must have at least ({@code TCP_MIN_GSO_SIZE}), which bounds the work that
   * one frame can cause.
   */
  public static final int TCP_GSO_SIZE_MIN = 8;

  /** What {@link #check} returns for a header that lies; it is no valid {@link Offload}. */
  static final long REFUSED = -1;

  private static final int GSO_BY_FRAGS = 0xffff;
  private static final int CHECKSUM_LENGTH = 2;
  private static final int CSUM_START_MIN = Ethernet.HEADER_LENGTH + Ipv4.HEADER_LENGTH_MIN;

  private VnetHeaders() {}

  /**
   * Checks what a received header says of a frame, and stores it as the frame's {@link Offload}.
   *
   * @param header where the header is; need not be the slab
   * @param at position there of the header's first byte; 10 bytes are read
   * @param slab where the frame is
   * @param frame head of the frame, its descriptor as {@link FrameTable#reset} leaves it; buffers
   *     behind it by {@link FrameTable#next}
   * @return null where the header is believed; else the reason to drop the frame for, and its
   *     descriptor is as before
   */
  public static @Nullable DropReason receive(
      MemorySegment header, long at, FrameSlab slab, int frame) {
    if (VirtioNetHdr.isPlain(header, at)) {
      return null;
    }
    FrameTable table = slab.table();
    long data = FrameSlab.offsetOf(frame) + table.offset(frame);
    int linear = table.length(frame);
    long offload = check(header, at, slab.data(), data, linear, table.totalLength(frame));
    if (offload == REFUSED) {
      return DropReason.DEV_HDR;
    }
    table.offload(frame, offload);
    return null;
  }

  /**
   * Checks a header against the bytes of a frame.
   *
   * @param header where the header is
   * @param at position there of the header's first byte
   * @param memory where the frame is
   * @param data position of its Ethernet header
   * @param linear bytes that may be read from there
   * @param total bytes of the frame, fragments included
   * @return the frame's {@link Offload}, or {@link #REFUSED}
   */
  static long check(
      MemorySegment header, long at, MemorySegment memory, long data, int linear, int total) {
    int flags = VirtioNetHdr.flags(header, at);
    int summed = Offload.CSUM_NONE;
    int start = 0;
    int offset = 0;
    if ((flags & VirtioNetHdr.F_NEEDS_CSUM) != 0) {
      summed = Offload.CSUM_PARTIAL;
      start = VirtioNetHdr.csumStart(header, at);
      offset = VirtioNetHdr.csumOffset(header, at);
      if (start < CSUM_START_MIN || start + offset > linear - CHECKSUM_LENGTH) {
        return REFUSED;
      }
    } else if ((flags & VirtioNetHdr.F_DATA_VALID) != 0) {
      summed = Offload.CSUM_UNNECESSARY;
    }
    long plain = Offload.of(summed, start, offset, 0, 0);
    int type = VirtioNetHdr.gsoType(header, at);
    if (type == VirtioNetHdr.GSO_NONE) {
      return plain;
    }
    return checkGso(
        plain, gsoBits(type), VirtioNetHdr.gsoSize(header, at), memory, data, linear, total);
  }

  private static long checkGso(
      long plain, int gso, int size, MemorySegment memory, long data, int linear, int total) {
    long headers = GsoHeaders.parse(gso, memory, data, linear);
    if (headers == HeaderOffsets.BAD || size == GSO_BY_FRAGS) {
      return REFUSED;
    }
    if (Offload.csum(plain) == Offload.CSUM_PARTIAL
        && (Offload.csumStart(plain) != HeaderOffsets.transport(headers)
            || Offload.csumOffset(plain) != GsoHeaders.csumOffset(headers))) {
      return REFUSED;
    }
    int payload = total - GsoHeaders.length(headers, memory, data);
    if (gso == Offload.GSO_UDP_L4
        ? size == 0
            || payload > size * UDP_SEGMENTS_MAX
            || Offload.csum(plain) != Offload.CSUM_PARTIAL
        : size < TCP_GSO_SIZE_MIN) {
      return REFUSED;
    }
    // Too small packets are not really GSO ones.
    return payload <= size ? plain : plain | Offload.of(0, 0, 0, gso, size);
  }

  private static int gsoBits(int type) {
    return switch (type) {
      case VirtioNetHdr.GSO_TCPV4 -> Offload.GSO_TCPV4;
      case VirtioNetHdr.GSO_TCPV6 -> Offload.GSO_TCPV6;
      case VirtioNetHdr.GSO_TCPV4 | VirtioNetHdr.GSO_ECN -> Offload.GSO_TCPV4 | Offload.GSO_TCP_ECN;
      case VirtioNetHdr.GSO_TCPV6 | VirtioNetHdr.GSO_ECN -> Offload.GSO_TCPV6 | Offload.GSO_TCP_ECN;
      case VirtioNetHdr.GSO_UDP_L4 -> Offload.GSO_UDP_L4;
      default -> 0;
    };
  }

  /**
   * Writes the ten bytes of the header for an outgoing packet, whose form the device takes ({@link
   * SkbValidate} has seen to that).
   *
   * @param skb data at the Ethernet header
   * @param header where to write; need not be the slab
   * @param at position there of the header's first byte
   */
  public static void write(SkBuff skb, MemorySegment header, long at) {
    write(skb.offload(), skb.memory(), skb.position(), skb.headlen(), header, at);
  }

  /**
   * Writes the ten bytes of the header for an outgoing frame.
   *
   * @param slab where the frame is
   * @param frame head of the frame
   * @param header where to write; need not be the slab
   * @param at position there of the header's first byte
   */
  public static void write(FrameSlab slab, int frame, MemorySegment header, long at) {
    FrameTable table = slab.table();
    long data = FrameSlab.offsetOf(frame) + table.offset(frame);
    write(table.offload(frame), slab.data(), data, table.length(frame), header, at);
  }

  private static void write(
      long offload, MemorySegment memory, long data, int linear, MemorySegment header, long at) {
    if (offload == 0) {
      VirtioNetHdr.writePlain(header, at);
      return;
    }
    boolean partial = Offload.csum(offload) == Offload.CSUM_PARTIAL;
    boolean valid = Offload.csum(offload) == Offload.CSUM_UNNECESSARY;
    int flags = partial ? VirtioNetHdr.F_NEEDS_CSUM : valid ? VirtioNetHdr.F_DATA_VALID : 0;
    int size = Offload.gsoSize(offload);
    VirtioNetHdr.write(
        header,
        at,
        flags,
        size == 0 ? VirtioNetHdr.GSO_NONE : gsoType(Offload.gsoType(offload)),
        size == 0 ? 0 : headerLength(offload, memory, data, linear),
        size,
        Offload.csumStart(offload),
        Offload.csumOffset(offload));
  }

  /**
   * The length of all headers, which makes a reader allocate just them linear; the whole linear
   * part where they are not known, as the kernel does always.
   */
  private static int headerLength(long offload, MemorySegment memory, long data, int linear) {
    int length = linear;
    if (Offload.csum(offload) == Offload.CSUM_PARTIAL) {
      int start = Offload.csumStart(offload);
      if (Offload.csumOffset(offload) != Tcp.CHECKSUM_OFFSET) {
        length = start + Offload.csumOffset(offload) + CHECKSUM_LENGTH;
      } else if (start <= linear - Tcp.HEADER_LENGTH_MIN) {
        length = start + Tcp.headerLength(memory, data + start);
      }
    }
    return Math.min(length, linear);
  }

  private static int gsoType(int gso) {
    int ecn = (gso & Offload.GSO_TCP_ECN) != 0 ? VirtioNetHdr.GSO_ECN : 0;
    if ((gso & Offload.GSO_TCPV4) != 0) {
      return VirtioNetHdr.GSO_TCPV4 | ecn;
    }
    return (gso & Offload.GSO_TCPV6) != 0 ? VirtioNetHdr.GSO_TCPV6 | ecn : VirtioNetHdr.GSO_UDP_L4;
  }
}
