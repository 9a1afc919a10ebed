package io.dataplane.link.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The forwarding database: which address is behind which port. An open-addressed table of two longs
 * an entry, so that a lookup is one cache line, probed linearly.
 *
 * <pre>
 *   key    63     60 59      48 47                                             0
 *          |   0    |  VLAN id  |                 MAC address                  |     0 = never used, -1 = removed
 *   value  63            48 47     40 39                                       0
 *          |     port      | flags   |          last seen, milliseconds        |
 * </pre>
 *
 * <p>Any worker looks up and refreshes without a lock; a new address, a move and a removal take the
 * writers' lock, as {@code hash_lock} in br_fdb.c, which a full table and a refresh never do.
 * Removed slots are used again, and the table is laid out anew by {@link #age} when too many have
 * gathered.
 */
final class Fdb {

  /** The address is not known. */
  static final int UNKNOWN = -1;

  /** What {@link #learn} found or did. */
  enum Learned {
    /** Known behind this port. */
    KNOWN,
    /** New. */
    ADDED,
    /** Was behind another port. */
    MOVED,
    /** New, but the table is at its bound. */
    FULL,
    /** Set by the operator, behind another port. */
    STATIC
  }

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long REMOVED = -1;
  private static final long TIME_MASK = (1L << 40) - 1;
  private static final long STATIC = 1L << 40;

  /**
   * How stale a time stamp may become before it is written again: spares the cache line that
   * workers share.
   */
  static final long REFRESH_MS = 100;

  private final int entriesMax;
  private final long ageingMs;
  private final long seed;
  private final ReentrantLock writers = new ReentrantLock();
  private volatile long[] table;
  private final AtomicInteger count = new AtomicInteger();
  private int removed;

  /** Grows with every change but a refresh. */
  private final AtomicInteger generation = new AtomicInteger();

  /**
   * Makes an empty table.
   *
   * @param entriesMax bound of learned entries, 1 .. 2^20
   * @param ageingMs milliseconds after which a silent address is forgotten; 0 = never
   * @param seed any number; keeps hosts from choosing addresses that collide
   */
  Fdb(int entriesMax, long ageingMs, long seed) {
    if (entriesMax < 1 || entriesMax > 1 << 20 || ageingMs < 0) {
      throw new IllegalArgumentException(
          "FDB of " + entriesMax + " entries (1..1048576), ageing " + ageingMs + " ms");
    }
    this.entriesMax = entriesMax;
    this.ageingMs = ageingMs;
    this.seed = seed | 1;
    this.table = new long[Integer.highestOneBit(entriesMax * 2 - 1) * 4];
  }

  static long key(long mac, int vlan) {
    return mac | (long) vlan << 48;
  }

  private int home(long key, long[] t) {
    long h = (key ^ seed) * 0x9e37_79b9_7f4a_7c15L;
    h ^= h >>> 32;
    h *= 0xd6e8_feb8_6659_fd93L;
    return (int) (h >>> 33) & (t.length / 2 - 1);
  }

  /**
   * Finds the slot of a key.
   *
   * @return its index in {@code t}, or -1
   */
  private int find(long key, long[] t) {
    int mask = t.length / 2 - 1;
    int i = home(key, t);
    for (int probes = 0; probes <= mask; probes++) {
      long k = (long) SLOT.getAcquire(t, 2 * i);
      if (k == key) {
        return 2 * i;
      }
      if (k == 0) {
        return -1;
      }
      i = (i + 1) & mask;
    }
    return -1;
  }

  /**
   * Looks an address up. Any worker, no lock.
   *
   * @param mac a unicast address
   * @param vlan VLAN id
   * @param nowMs the time
   * @return the port's number, or {@link #UNKNOWN} where it was never seen or has aged
   */
  int lookup(long mac, int vlan, long nowMs) {
    long[] t = table;
    long key = key(mac, vlan);
    int at = find(key, t);
    if (at < 0) {
      return UNKNOWN;
    }
    long value = (long) SLOT.getAcquire(t, at + 1);
    if ((long) SLOT.getAcquire(t, at) != key || isExpired(value, nowMs)) {
      return UNKNOWN; // the slot got another owner between the two reads, or the entry is old
    }
    return port(value);
  }

  /**
   * Notes that a frame from an address came in by a port ({@code br_fdb_update}). Any worker; no
   * lock where it is known there, or the table full.
   *
   * @param mac a unicast address
   * @param vlan VLAN id
   * @param port the port's number, 0 .. 65,534
   * @param nowMs the time
   * @return what was found or done
   */
  Learned learn(long mac, int vlan, int port, long nowMs) {
    long[] t = table;
    long key = key(mac, vlan);
    int at = find(key, t);
    if (at >= 0) {
      long value = (long) SLOT.getAcquire(t, at + 1);
      if (port(value) == port) {
        if (nowMs - time(value) >= REFRESH_MS && (value & STATIC) == 0) {
          // Loses against a concurrent move or removal, which is the newer truth.
          SLOT.compareAndSet(t, at + 1, value, value(port, 0, nowMs));
        }
        return Learned.KNOWN;
      }
      if ((value & STATIC) != 0) {
        return Learned.STATIC;
      }
    } else if (count.get() >= entriesMax) {
      return Learned.FULL;
    }
    return insert(key, port, 0, nowMs);
  }

  private Learned insert(long key, int port, long flags, long nowMs) {
    writers.lock();
    try {
      long[] t = table;
      int at = find(key, t);
      if (at >= 0) {
        long old = t[at + 1];
        if ((old & STATIC) != 0 && flags == 0) {
          return port(old) == port ? Learned.KNOWN : Learned.STATIC;
        }
        boolean moved = port(old) != port && !isExpired(old, nowMs);
        SLOT.setRelease(t, at + 1, value(port, flags, nowMs));
        generation.incrementAndGet();
        return moved ? Learned.MOVED : Learned.ADDED;
      }
      if (count.get() >= entriesMax && flags == 0) {
        return Learned.FULL;
      }
      return place(t, key, value(port, flags, nowMs));
    } finally {
      writers.unlock();
    }
  }

  private Learned place(long[] t, long key, long value) {
    int mask = t.length / 2 - 1;
    int i = home(key, t);
    for (int probes = 0; probes <= mask; probes++) {
      long k = t[2 * i];
      if (k == 0 || k == REMOVED) {
        SLOT.setRelease(t, 2 * i + 1, value);
        SLOT.setRelease(t, 2 * i, key);
        generation.incrementAndGet();
        count.incrementAndGet();
        removed -= k == REMOVED ? 1 : 0;
        return Learned.ADDED;
      }
      i = (i + 1) & mask;
    }
    return Learned.FULL;
  }

  /**
   * Sets an entry that neither ages nor moves. Control plane.
   *
   * @return false where no slot is left
   */
  boolean addStatic(long mac, int vlan, int port, long nowMs) {
    return insert(key(mac, vlan), port, STATIC, nowMs) != Learned.FULL;
  }

  /**
   * Removes an entry. Control plane.
   *
   * @return false where there was none
   */
  boolean remove(long mac, int vlan) {
    writers.lock();
    try {
      int at = find(key(mac, vlan), table);
      if (at < 0) {
        return false;
      }
      removeAt(table, at);
      return true;
    } finally {
      writers.unlock();
    }
  }

  private void removeAt(long[] t, int at) {
    SLOT.setRelease(t, at, REMOVED);
    generation.incrementAndGet();
    count.decrementAndGet();
    removed++;
  }

  /**
   * Forgets what has been silent for too long, and what {@code port} leads to.
   *
   * @param nowMs the time
   * @param port a port that has gone, or {@link #UNKNOWN} for none
   * @param statics true to forget that port's static entries too
   * @return entries forgotten
   */
  int age(long nowMs, int port, boolean statics) {
    writers.lock();
    try {
      long[] t = table;
      int gone = 0;
      for (int at = 0; at < t.length; at += 2) {
        long key = t[at];
        if (key == 0 || key == REMOVED) {
          continue;
        }
        long value = (long) SLOT.getAcquire(t, at + 1);
        boolean flushed = port(value) == port && (statics || (value & STATIC) == 0);
        if (flushed || isExpired(value, nowMs)) {
          removeAt(t, at);
          gone++;
        }
      }
      if (removed > t.length / 8) {
        layOutAnew();
      }
      return gone;
    } finally {
      writers.unlock();
    }
  }

  /**
   * Copies what is in use into a fresh table; readers of the old one see what was true a moment
   * ago.
   */
  private void layOutAnew() {
    long[] old = table;
    long[] fresh = new long[old.length];
    count.set(0);
    removed = 0;
    for (int at = 0; at < old.length; at += 2) {
      if (old[at] != 0 && old[at] != REMOVED) {
        place(fresh, old[at], (long) SLOT.getAcquire(old, at + 1));
      }
    }
    table = fresh;
  }

  /** Takes each entry. */
  interface Visitor {
    void visit(long mac, int vlan, int port, boolean isStatic, long lastSeenMs);
  }

  /** Shows every entry that has not aged. Any thread. */
  void forEach(long nowMs, Visitor visitor) {
    long[] t = table;
    for (int at = 0; at < t.length; at += 2) {
      long key = (long) SLOT.getAcquire(t, at);
      long value = (long) SLOT.getAcquire(t, at + 1);
      boolean same = (long) SLOT.getAcquire(t, at) == key; // as in lookup
      if (key != 0 && key != REMOVED && same && !isExpired(value, nowMs)) {
        visitor.visit(
            key & 0xffff_ffff_ffffL,
            (int) (key >>> 48),
            port(value),
            (value & STATIC) != 0,
            time(value));
      }
    }
  }

  private boolean isExpired(long value, long nowMs) {
    return ageingMs != 0 && (value & STATIC) == 0 && nowMs - time(value) > ageingMs;
  }

  private static long value(int port, long flags, long nowMs) {
    return (long) port << 48 | flags | (nowMs & TIME_MASK);
  }

  private static int port(long value) {
    return (int) (value >>> 48);
  }

  private static long time(long value) {
    return value & TIME_MASK;
  }

  /**
   * Which state of the table this is. Whoever has asked something, after this was read, knows that
   * the answer stands as long as this has not changed.
   */
  int generation() {
    return generation.get();
  }

  int count() {
    return count.get();
  }

  int entriesMax() {
    return entriesMax;
  }

  long ageingMs() {
    return ageingMs;
  }
}
