package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.drivers.Await;
import io.dataplane.drivers.nativeio.UdpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;

/** Bytes from one host to the other, which must be the same there. */
final class Transfer {

  private static final int PORT = 7700;
  private static final int CHUNK_MAX = 200_000;

  private Transfer() {}

  /** A TCP connection from one host to an address of the other, and so many bytes along it. */
  static void tcp(TapHost from, TapHost to, String address, long bytes) throws Exception {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(address), PORT);
    try (ServerSocketChannel listener =
            to.namespace().inside(() -> ServerSocketChannel.open().bind(server));
        SocketChannel client = from.namespace().inside(SocketChannel::open)) {
      FutureTask<String> received = new FutureTask<>(() -> digestOf(listener));
      Thread.ofPlatform().daemon().name("receiver").start(received);
      client.connect(server);
      String sent = send(client, bytes);
      client.shutdownOutput();

      assertThat(received.get()).as("SHA-256 of %d bytes", bytes).isEqualTo(sent);
    }
  }

  private static String send(SocketChannel to, long bytes) throws Exception {
    SplittableRandom random = new SplittableRandom(bytes);
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_MAX];
    random.nextBytes(chunk);
    long left = bytes;
    while (left > 0) {
      int n = (int) Math.min(left, 1 + random.nextInt(CHUNK_MAX));
      chunk[0]++;
      digest.update(chunk, 0, n);
      ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, n);
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      left -= n;
    }
    return hex(digest);
  }

  private static String digestOf(ServerSocketChannel listener) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    try (SocketChannel from = listener.accept()) {
      while (from.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return hex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Datagrams that the sending host's kernel is given many at a time, each to arrive as it was
   * sent.
   *
   * @param times how many times the kernel is given some
   * @param sendBytes bytes it is given at a time
   * @param segmentBytes bytes of a datagram; the last one has what is left
   */
  static void udp(TapHost from, TapHost to, boolean v6, int times, int sendBytes, int segmentBytes)
      throws Exception {
    InetAddress source = InetAddress.getByName(v6 ? from.address6() : from.address());
    InetAddress target = InetAddress.getByName(v6 ? to.address6() : to.address());
    try (UdpSocket sender = from.namespace().inside(() -> UdpSocket.open(source, PORT));
        UdpSocket receiver = to.namespace().inside(() -> UdpSocket.open(target, PORT))) {
      sender.connect(target, PORT);
      sender.segment(segmentBytes);
      byte[] bytes = new byte[sendBytes];
      for (int i = 0; i < times; i++) {
        new SplittableRandom(i).nextBytes(bytes);
        assertThat(sender.send(bytes)).isEqualTo(sendBytes);
        receive(receiver, bytes, segmentBytes);
      }
    }
  }

  private static void receive(UdpSocket receiver, byte[] expected, int segmentBytes) {
    for (int at = 0; at < expected.length; at += segmentBytes) {
      int end = Math.min(expected.length, at + segmentBytes);
      assertThat(next(receiver)).isEqualTo(Arrays.copyOfRange(expected, at, end));
    }
  }

  private static byte[] next(UdpSocket receiver) {
    Queue<byte[]> datagrams = new ArrayDeque<>();
    Await.until(
        "a datagram arrives",
        () -> {
          byte[] datagram = receiver.receive();
          return datagram != null && datagrams.add(datagram);
        });
    return datagrams.remove();
  }
}
