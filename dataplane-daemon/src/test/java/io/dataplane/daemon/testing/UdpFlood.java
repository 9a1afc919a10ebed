package io.dataplane.daemon.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends datagrams as fast as it can, for a bounded count; run as a process in a test's namespace.
 */
public final class UdpFlood {

  private static final int COUNT = 20_000_000;

  private UdpFlood() {}

  /**
   * Sends.
   *
   * @param args the address of the test's other host
   */
  public static void main(String[] args) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      InetSocketAddress to = new InetSocketAddress(args[0], 9);
      ByteBuffer payload = ByteBuffer.allocate(64);
      for (int i = 0; i < COUNT; i++) {
        int _ = channel.send(payload.clear(), to);
      }
    }
  }
}
