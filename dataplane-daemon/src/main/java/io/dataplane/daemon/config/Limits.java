package io.dataplane.daemon.config;

import io.dataplane.device.NetDevice;
import io.dataplane.drivers.tap.TapConfig;
import java.time.Duration;

/**
 * What each number of the file may be. {@code config/dataplane.schema.json} states the same bounds
 * for editors; a test compares the two.
 */
public final class Limits {

  /** Worker threads; more than a machine has cores only makes them wait for one another. */
  public static final IntRange WORKERS = new IntRange(1, 64);

  /** Frames that one queue may hand on in one poll; 64 is NAPI's own number. */
  public static final IntRange POLL_WEIGHT = new IntRange(1, 1_024);

  /**
   * Frames that one worker may hand on in one round over its queues; 300 is the kernel's
   * netdev_budget.
   */
  public static final IntRange POLL_BUDGET = new IntRange(1, 65_536);

  /**
   * Time that one round may take before the worker looks at its other duties; the kernel's is 2 ms.
   */
  public static final DurationRange POLL_TIME_LIMIT =
      new DurationRange(Duration.ofNanos(10_000), Duration.ofSeconds(1));

  /** How long an adaptive worker looks for more work before it sleeps. */
  public static final DurationRange POLL_SPIN =
      new DurationRange(Duration.ZERO, Duration.ofMillis(100));

  /** Frames of 2 KiB: 2 MiB to 1 GiB of memory. */
  public static final IntRange MEMORY_FRAMES = new IntRange(1_024, 524_288);

  /** Blocks of 64 KiB, each holds one unsegmented packet: 1 MiB to 1 GiB of memory. */
  public static final IntRange MEMORY_BLOCKS = new IntRange(16, 16_384);

  /** Frames and blocks together: less than the 2 GiB that one buffer can have. */
  public static final long MEMORY_KIB_MAX = 1_920L << 10;

  /** What each worker needs of the frames to fill its queues. */
  public static final int MEMORY_FRAMES_PER_WORKER_MIN = 512;

  /** RFC 791 asks every link to carry 68 bytes; 65,521 is what the kernel lets a TAP have. */
  public static final IntRange MTU = new IntRange(NetDevice.MTU_MIN, NetDevice.MTU_MAX);

  /** Receive and transmit queue pairs of one device. */
  public static final IntRange QUEUES = new IntRange(1, TapConfig.QUEUES_MAX);

  /** How long a bridge remembers an address that has fallen silent. */
  public static final DurationRange BRIDGE_AGEING =
      new DurationRange(Duration.ofSeconds(1), Duration.ofDays(30));

  /** Addresses that a bridge may learn. */
  public static final IntRange BRIDGE_FDB_ENTRIES_MAX = new IntRange(16, 1_048_576);

  /** TCP ports to listen on; 0 takes any free one. */
  public static final IntRange LISTEN_PORT = new IntRange(0, 65_535);

  /** IFNAMSIZ of the kernel less its closing zero byte. */
  public static final int INTERFACE_NAME_BYTES_MAX = 15;

  /**
   * Size of sun_path less its zero byte, less what the temporary name of a socket being made may
   * add.
   */
  public static final int SOCKET_PATH_BYTES_MAX = 96;

  /** A configuration file larger than this is surely another file. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private Limits() {}
}
