package io.dataplane.daemon.view;

import java.util.List;

/**
 * One bridge.
 *
 * @param name its name
 * @param ports its ports
 * @param fdbEntries addresses known
 * @param fdbEntriesMax addresses that it may learn
 * @param ageingSeconds how long it remembers one that has fallen silent; 0 = for ever
 * @param forwarded frames sent to the one port where their destination is
 * @param flooded frames sent to all ports
 * @param learned addresses learned so far
 * @param moved addresses that were seen behind another port than before
 * @param aged addresses forgotten because they were silent
 * @param tableFull frames whose source was not learned because the table was full
 * @param staticViolations frames whose source is set behind another port
 */
public record BridgeView(
    String name,
    List<PortView> ports,
    int fdbEntries,
    int fdbEntriesMax,
    double ageingSeconds,
    long forwarded,
    long flooded,
    long learned,
    long moved,
    long aged,
    long tableFull,
    long staticViolations) {

  /**
   * A port.
   *
   * @param number its number in the bridge
   * @param device the device
   * @param state of the spanning tree, such as {@code forwarding}
   */
  public record PortView(int number, String device, String state) {}
}
