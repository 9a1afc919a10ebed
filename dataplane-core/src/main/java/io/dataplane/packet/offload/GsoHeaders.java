package io.dataplane.packet.offload;

import io.dataplane.memory.Offload;
import io.dataplane.wire.HeaderOffsets;
import io.dataplane.wire.Ipv4;
import io.dataplane.wire.Tcp;
import io.dataplane.wire.Udp;
import java.lang.foreign.MemorySegment;

/** The headers that every segment of a GSO packet gets a copy of. */
final class GsoHeaders {

  private static final int KIND = Offload.GSO_TCPV4 | Offload.GSO_TCPV6 | Offload.GSO_UDP_L4;

  private GsoHeaders() {}

  /**
   * Finds the headers and checks that they are what the GSO type says, complete and not those of a
   * fragment.
   *
   * @param gsoType GSO bits of {@link Offload}, exactly one kind among them
   * @param memory the bytes
   * @param data position of the Ethernet header
   * @param linear bytes that may be read from there
   * @return as {@link HeaderOffsets#parse}; BAD where anything disagrees
   */
  static long parse(int gsoType, MemorySegment memory, long data, int linear) {
    long headers = HeaderOffsets.parse(memory, data, linear);
    if (headers == HeaderOffsets.BAD) {
      return HeaderOffsets.BAD;
    }
    int version = HeaderOffsets.version(headers);
    int transport = HeaderOffsets.transport(headers);
    boolean agree =
        switch (gsoType & KIND) {
          case Offload.GSO_TCPV4 -> version == 4 && isTcp(headers, memory, data, linear);
          case Offload.GSO_TCPV6 -> version == 6 && isTcp(headers, memory, data, linear);
          case Offload.GSO_UDP_L4 ->
              HeaderOffsets.is(headers, Ipv4.PROTOCOL_UDP)
                  && linear - transport >= Udp.HEADER_LENGTH;
          default -> false;
        };
    return agree ? headers : HeaderOffsets.BAD;
  }

  private static boolean isTcp(long headers, MemorySegment memory, long data, int linear) {
    int transport = HeaderOffsets.transport(headers);
    return HeaderOffsets.is(headers, Ipv4.PROTOCOL_TCP)
        && Tcp.check(memory, data + transport, linear - transport);
  }

  /**
   * The bytes in front of the payload.
   *
   * @param headers what {@link #parse} returned, not BAD
   * @param memory the bytes
   * @param data position of the Ethernet header
   * @return bytes from the Ethernet header
   */
  static int length(long headers, MemorySegment memory, long data) {
    int transport = HeaderOffsets.transport(headers);
    return transport
        + (HeaderOffsets.protocol(headers) == Ipv4.PROTOCOL_TCP
            ? Tcp.headerLength(memory, data + transport)
            : Udp.HEADER_LENGTH);
  }

  /**
   * Where the transport header has its checksum.
   *
   * @param headers what {@link #parse} returned, not BAD
   * @return bytes from the transport header
   */
  static int csumOffset(long headers) {
    return HeaderOffsets.protocol(headers) == Ipv4.PROTOCOL_TCP
        ? Tcp.CHECKSUM_OFFSET
        : Udp.CHECKSUM_OFFSET;
  }
}
