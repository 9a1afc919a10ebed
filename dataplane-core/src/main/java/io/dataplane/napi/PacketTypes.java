package io.dataplane.napi;

import org.jspecify.annotations.Nullable;

/**
 * Which protocol takes which EtherType ({@code dev_add_pack}): how a layer above registers with
 * this one. Written by the control plane before workers start, or between rounds; read by every
 * worker.
 */
public final class PacketTypes {

  private static final int SLOTS = 256;

  private volatile @Nullable Entry[] table = new @Nullable Entry[SLOTS];

  private record Entry(int etherType, PacketHandler handler, @Nullable Entry next) {}

  /**
   * Registers a protocol.
   *
   * @param etherType 0x0600 .. 0xffff
   * @param handler who takes its packets
   * @throws IllegalStateException where one is registered already
   */
  public synchronized void add(int etherType, PacketHandler handler) {
    if (find(etherType) != null) {
      throw new IllegalStateException(
          "EtherType 0x" + Integer.toHexString(etherType) + " has a handler already");
    }
    @Nullable Entry[] copy = table.clone();
    int slot = etherType & (SLOTS - 1);
    copy[slot] = new Entry(etherType, handler, copy[slot]);
    table = copy;
  }

  @Nullable PacketHandler find(int etherType) {
    for (Entry e = table[etherType & (SLOTS - 1)]; e != null; e = e.next()) {
      if (e.etherType() == etherType) {
        return e.handler();
      }
    }
    return null;
  }
}
