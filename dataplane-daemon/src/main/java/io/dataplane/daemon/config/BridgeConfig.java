package io.dataplane.daemon.config;

import io.dataplane.link.bridge.Bridge;
import java.time.Duration;
import java.util.List;

/**
 * One learning bridge.
 *
 * @param name the bridge's name
 * @param ports names of its devices
 * @param ageing how long it remembers an address that has fallen silent
 * @param fdbEntriesMax how many addresses it may learn
 * @param fdb addresses that are set, not learned
 */
public record BridgeConfig(
    String name, List<String> ports, Duration ageing, int fdbEntriesMax, List<StaticFdbEntry> fdb) {

  /** The ageing time of IEEE 802.1D when the file does not say. */
  public static final Duration AGEING_DEFAULT = Duration.ofSeconds(Bridge.AGEING_DEFAULT_S);

  /** How many addresses a bridge may learn when the file does not say. */
  public static final int FDB_ENTRIES_MAX_DEFAULT = Bridge.FDB_ENTRIES_DEFAULT;

  /** Copies the lists. */
  public BridgeConfig {
    ports = List.copyOf(ports);
    fdb = List.copyOf(fdb);
  }

  /**
   * An address that is set, not learned: it neither ages nor moves.
   *
   * @param mac the address, the low 48 bits
   * @param port name of the device behind which it is found
   */
  public record StaticFdbEntry(long mac, String port) {}
}
