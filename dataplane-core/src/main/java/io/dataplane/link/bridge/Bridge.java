package io.dataplane.link.bridge;

import io.dataplane.base.Clock;
import io.dataplane.base.Counter;
import io.dataplane.device.NetDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A learning bridge (br.c, br_if.c). Ports, settings and listings belong to the control plane, from
 * any thread; frames run through its ports on every worker.
 */
public final class Bridge {

  /** Ports a bridge may have ({@code BR_MAX_PORTS} of the kernel). */
  public static final int PORTS_MAX = 1024;

  /** Addresses it learns unless configured. */
  public static final int FDB_ENTRIES_DEFAULT = 16_384;

  /** Seconds after which a silent address is forgotten unless configured (802.1D, table 7-5). */
  public static final int AGEING_DEFAULT_S = 300;

  private final String name;
  private final Clock clock;
  private final Fdb fdb;
  private final BridgeStats[] stats;
  private final Counter aged = new Counter();

  /** By number, so that an FDB entry finds its port; holes are null. Copied on write. */
  private volatile @Nullable BridgePort[] byNumber = new @Nullable BridgePort[1];

  /** Without holes, for flooding. Copied on write. */
  private volatile BridgePort[] ports = new BridgePort[0];

  /**
   * Makes a bridge without ports.
   *
   * @param name such as {@code br0}
   * @param clock time, for ageing
   * @param workers how many workers run frames through it
   * @param fdbEntriesMax bound of learned addresses, 1 .. 1,048,576
   * @param ageingMs milliseconds after which a silent address is forgotten, 0 = never
   * @param seed any number; keeps hosts from choosing addresses that collide
   */
  public Bridge(
      String name, Clock clock, int workers, int fdbEntriesMax, long ageingMs, long seed) {
    this.name = name;
    this.clock = clock;
    this.fdb = new Fdb(fdbEntriesMax, ageingMs, seed);
    this.stats = new BridgeStats[workers];
    for (int i = 0; i < workers; i++) {
      stats[i] = new BridgeStats();
    }
  }

  static long millis(long nowNs) {
    return nowNs / 1_000_000;
  }

  // ---------------------------------------------------------------- packet path

  void count(int cpu, Fdb.Learned learned) {
    if (learned != Fdb.Learned.KNOWN) {
      countLearned(stats[cpu], learned);
    }
  }

  private static void countLearned(BridgeStats s, Fdb.Learned learned) {
    switch (learned) {
      case ADDED -> s.learned.increment();
      case MOVED -> s.moved.increment();
      case FULL -> s.tableFull.increment();
      case STATIC -> s.staticViolations.increment();
      case KNOWN -> {}
    }
  }

  /** The port of a number, if it is one that the FDB knows and that is still there. */
  @Nullable BridgePort portAt(int number) {
    @Nullable BridgePort[] all = byNumber;
    return number < 0 || number >= all.length ? null : all[number];
  }

  BridgePort[] ports() {
    return ports;
  }

  BridgeStats stats(int cpu) {
    return stats[cpu];
  }

  // ---------------------------------------------------------------- control plane

  /**
   * Makes a device a port ({@code br_add_if}).
   *
   * @param dev a device that is no port of anything yet
   * @return the port, forwarding
   * @throws IllegalStateException where the device is taken or the bridge has {@link #PORTS_MAX}
   *     ports
   */
  public synchronized BridgePort addPort(NetDevice dev) {
    int number = freeNumber();
    BridgePort port = new BridgePort(this, dev, number, caches(number));
    dev.setRxHandler(port);
    @Nullable BridgePort[] next = new @Nullable BridgePort[Math.max(byNumber.length, number + 1)];
    System.arraycopy(byNumber, 0, next, 0, byNumber.length);
    next[number] = port;
    fdb.age(
        millis(clock.nanoTime()), number, true); // what a frame in flight taught of its last owner
    publish(next);
    return port;
  }

  private FdbCache[] caches(int port) {
    FdbCache[] caches = new FdbCache[stats.length];
    for (int i = 0; i < caches.length; i++) {
      caches[i] = new FdbCache(fdb, port);
    }
    return caches;
  }

  private int freeNumber() {
    for (int i = 1; i <= PORTS_MAX; i++) {
      if (i >= byNumber.length || byNumber[i] == null) {
        return i;
      }
    }
    throw new IllegalStateException("bridge " + name + " has " + PORTS_MAX + " ports already");
  }

  /**
   * Takes a port out and forgets every address behind it ({@code br_del_if}).
   *
   * @param port a port of this bridge
   */
  public synchronized void removePort(BridgePort port) {
    port.dev().setRxHandler(null);
    port.state(PortState.DISABLED);
    @Nullable BridgePort[] next = byNumber.clone();
    next[port.number()] = null;
    publish(next);
    fdb.age(millis(clock.nanoTime()), port.number(), true);
  }

  private void publish(@Nullable BridgePort[] next) {
    List<BridgePort> compact = new ArrayList<>();
    for (BridgePort p : next) {
      if (p != null) {
        compact.add(p);
      }
    }
    byNumber = next;
    ports = compact.toArray(new BridgePort[0]);
  }

  /**
   * Forgets learned addresses behind a port whose link went away.
   *
   * @param port a port of this bridge
   */
  public void flush(BridgePort port) {
    fdb.age(millis(clock.nanoTime()), port.number(), false);
  }

  /** Forgets addresses that have been silent for too long. A worker's timer calls it. */
  public void age() {
    aged.add(fdb.age(millis(clock.nanoTime()), Fdb.UNKNOWN, false));
  }

  /**
   * Sets an address that neither ages nor moves.
   *
   * @param mac a unicast address
   * @param vlan VLAN id, 0 = untagged
   * @param port a port of this bridge
   * @return false where the table has no slot left
   */
  public boolean addStatic(long mac, int vlan, BridgePort port) {
    return fdb.addStatic(mac, vlan, port.number(), millis(clock.nanoTime()));
  }

  /**
   * Removes an address, learned or static.
   *
   * @param mac the address
   * @param vlan VLAN id, 0 = untagged
   * @return false where it was not known
   */
  public boolean removeFdb(long mac, int vlan) {
    return fdb.remove(mac, vlan);
  }

  /**
   * Lists the forwarding database.
   *
   * @return entries in order of address
   */
  public List<FdbEntry> fdb() {
    long nowMs = millis(clock.nanoTime());
    List<FdbEntry> out = new ArrayList<>();
    @Nullable BridgePort[] all = byNumber;
    fdb.forEach(
        nowMs,
        (mac, vlan, number, isStatic, seenMs) -> {
          BridgePort port = number < all.length ? all[number] : null;
          if (port != null) {
            long ageNs = isStatic ? 0 : Math.max(0, nowMs - seenMs) * 1_000_000;
            out.add(new FdbEntry(mac, vlan, port.dev().name(), isStatic, ageNs));
          }
        });
    out.sort(Comparator.comparingLong(FdbEntry::mac).thenComparingInt(FdbEntry::vlan));
    return out;
  }

  /**
   * Lists the ports.
   *
   * @return in order of number
   */
  public List<BridgePort> portList() {
    return List.of(ports);
  }

  /**
   * The bridge's name.
   *
   * @return such as {@code br0}
   */
  public String name() {
    return name;
  }

  /**
   * How many addresses are known.
   *
   * @return learned and static
   */
  public int fdbCount() {
    return fdb.count();
  }

  /**
   * How many addresses may be learned.
   *
   * @return the bound
   */
  public int fdbEntriesMax() {
    return fdb.entriesMax();
  }

  /**
   * After how long a silent address is forgotten.
   *
   * @return milliseconds, 0 = never
   */
  public long ageingMs() {
    return fdb.ageingMs();
  }

  /**
   * Frames sent to the one port where their destination is.
   *
   * @return frames
   */
  public long forwarded() {
    return sum(s -> s.forwarded);
  }

  /**
   * Frames sent to all ports.
   *
   * @return frames
   */
  public long flooded() {
    return sum(s -> s.flooded);
  }

  /**
   * Addresses learned.
   *
   * @return count so far
   */
  public long learned() {
    return sum(s -> s.learned);
  }

  /**
   * Addresses seen behind another port than before.
   *
   * @return count so far
   */
  public long moved() {
    return sum(s -> s.moved);
  }

  /**
   * Addresses forgotten because they were silent.
   *
   * @return count so far
   */
  public long aged() {
    return aged.get();
  }

  /**
   * Frames whose source was not learned because the table was at its bound.
   *
   * @return count so far
   */
  public long tableFull() {
    return sum(s -> s.tableFull);
  }

  /**
   * Frames whose source is set as static behind another port.
   *
   * @return count so far
   */
  public long staticViolations() {
    return sum(s -> s.staticViolations);
  }

  private long sum(Function<BridgeStats, Counter> of) {
    long total = 0;
    for (BridgeStats s : stats) {
      total += of.apply(s).get();
    }
    return total;
  }
}
