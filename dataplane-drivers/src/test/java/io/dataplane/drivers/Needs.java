package io.dataplane.drivers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dataplane.drivers.nativeio.Fd;
import io.dataplane.drivers.nativeio.IoUring;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.drivers.nativeio.TunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a test needs of the machine. Where it is missing the test is skipped, saying why, or fails
 * if DATAPLANE_REQUIRE_ALL is set.
 */
public final class Needs {

  private Needs() {}

  /** The right to make TAP devices and namespaces. */
  public static void tap() {
    try (TunFile tun = TunFile.open()) {
      need(!tun.attach("dpn%d", TunFile.IFF_TAP).isEmpty(), "TAP devices");
    } catch (NativeException e) {
      need(false, "TAP devices (" + e.getMessage() + ")");
    }
  }

  /** io_uring, not switched off. */
  public static void ioUring() {
    try (Fd zero = Fd.open("/dev/zero", Fd.O_RDWR);
        IoUring ring = IoUring.open(1, zero.number())) {
      need(ring.space() == 1, "io_uring");
    } catch (NativeException e) {
      need(false, "io_uring (" + e.getMessage() + ")");
    }
  }

  /**
   * Programs.
   *
   * @param names found on the PATH, or where Debian keeps those for root
   */
  public static void programs(String... names) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    for (String name : names) {
      boolean there =
          Pattern.compile(":")
              .splitAsStream(path)
              .anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
      need(there, "the program " + name);
    }
  }

  private static void need(boolean there, String what) {
    String set = System.getenv("DATAPLANE_REQUIRE_ALL");
    if (!there && set != null && !set.isEmpty()) {
      throw new AssertionError("DATAPLANE_REQUIRE_ALL is set and this test needs " + what);
    }
    assumeTrue(there, () -> "needs " + what);
  }

  /**
   * What this process has open by way of system calls of ours: devices, sockets, rings and the
   * like; neither files, of which the JVM opens more, nor the pipes to programs that ended.
   *
   * @return what each descriptor leads to, without its number there, in order
   */
  public static List<String> nativeDescriptors() {
    List<String> kinds = new ArrayList<>();
    try (SocketChannel first = SocketChannel.open()) {
      assumeTrue(first.isOpen()); // the JVM keeps a socket of its own from the first one on
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      for (Path entry : list.toList()) {
        kinds.add(kindOf(entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kinds.removeIf(kind -> kind.startsWith("/") && !kind.startsWith("/dev/net/"));
    kinds.removeIf(kind -> kind.startsWith("pipe:"));
    Collections.sort(kinds);
    return kinds;
  }

  private static String kindOf(Path entry) throws IOException {
    try {
      return Files.readSymbolicLink(entry).toString().replaceAll("[0-9]+", "");
    } catch (NoSuchFileException e) {
      return "/"; // the one that the list was read by
    }
  }

  /**
   * Counts this process's descriptors.
   *
   * @return how many are open
   */
  public static long openDescriptors() throws IOException {
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
