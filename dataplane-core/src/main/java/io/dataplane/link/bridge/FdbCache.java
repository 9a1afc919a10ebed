package io.dataplane.link.bridge;

/**
 * What one worker last asked the FDB about frames of one port, so that the next frame of a flow
 * needs neither lookup nor learning. An answer holds until the table changes in any way ({@link
 * Fdb#generation}) or the time that it was good for is over. Owned by that worker.
 */
final class FdbCache {

  private final Fdb fdb;
  private final int port;
  private long source;
  private int sourceGeneration;
  private long sourceUntilMs = -1;
  private long destination;
  private int destinationGeneration;
  private long destinationUntilMs = -1;
  private int destinationPort = Fdb.UNKNOWN;

  FdbCache(Fdb fdb, int port) {
    this.fdb = fdb;
    this.port = port;
  }

  /** As {@link Fdb#learn}. */
  Fdb.Learned learn(long mac, int vlan, long nowMs) {
    long key = Fdb.key(mac, vlan);
    int generation = fdb.generation();
    if (key == source && generation == sourceGeneration && nowMs < sourceUntilMs) {
      return Fdb.Learned.KNOWN;
    }
    Fdb.Learned learned = fdb.learn(mac, vlan, port, nowMs);
    if (learned == Fdb.Learned.KNOWN) {
      source = key;
      sourceGeneration = generation;
      sourceUntilMs = nowMs + Fdb.REFRESH_MS;
    }
    return learned;
  }

  /** As {@link Fdb#lookup}. */
  int lookup(long mac, int vlan, long nowMs) {
    long key = Fdb.key(mac, vlan);
    int generation = fdb.generation();
    if (key == destination && generation == destinationGeneration && nowMs < destinationUntilMs) {
      return destinationPort;
    }
    int found = fdb.lookup(mac, vlan, nowMs);
    if (found != Fdb.UNKNOWN) {
      destination = key;
      destinationGeneration = generation;
      destinationUntilMs = nowMs + Fdb.REFRESH_MS; // ageing is seen that much later at most
      destinationPort = found;
    }
    return found;
  }
}
