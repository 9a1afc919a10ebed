package io.dataplane.daemon.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One device.
 *
 * @param name the interface's name
 * @param ifindex its number in this daemon, from 1
 * @param driver what moves its frames
 * @param detail what the driver adds, such as its way of I/O; may be empty
 * @param state {@code up}, {@code down} or {@code no-carrier}
 * @param mac our side's address
 * @param mtu bytes of an IP packet
 * @param bridge the bridge it is a port of; null for none
 * @param offloads forms of packet that it takes, and {@code gro}
 * @param rxQueues receive queues, in order
 * @param txQueues transmit queues, one a worker
 * @param drops packets given up, by reason; reasons that never occurred are left out
 * @param xdp verdicts of its program, by name; empty without one
 */
public record DeviceView(
    String name,
    int ifindex,
    String driver,
    String detail,
    String state,
    String mac,
    int mtu,
    @Nullable String bridge,
    List<String> offloads,
    List<RxQueueView> rxQueues,
    List<TxQueueView> txQueues,
    Map<String, Long> drops,
    Map<String, Long> xdp) {

  /**
   * A receive queue.
   *
   * @param index from 0
   * @param worker who polls it
   * @param frames frames received
   * @param bytes bytes received, link header included
   * @param errors malformed frames
   * @param drops frames dropped for want of room
   * @param backlog frames waiting, where the driver can tell
   * @param polls how often it was polled
   * @param budgetExhausted polls that took all they were allowed
   */
  public record RxQueueView(
      int index,
      int worker,
      long frames,
      long bytes,
      long errors,
      long drops,
      int backlog,
      long polls,
      long budgetExhausted) {}

  /**
   * A transmit queue.
   *
   * @param worker who owns it
   * @param frames frames sent
   * @param bytes bytes sent, link header included
   * @param errors frames that the host refused
   * @param drops frames dropped for want of room
   */
  public record TxQueueView(int worker, long frames, long bytes, long errors, long drops) {}

  /** Frames received by all queues. */
  public long rxFrames() {
    return rxQueues.stream().mapToLong(RxQueueView::frames).sum();
  }

  /** Bytes received by all queues. */
  public long rxBytes() {
    return rxQueues.stream().mapToLong(RxQueueView::bytes).sum();
  }

  /** Frames sent by all queues. */
  public long txFrames() {
    return txQueues.stream().mapToLong(TxQueueView::frames).sum();
  }

  /** Bytes sent by all queues. */
  public long txBytes() {
    return txQueues.stream().mapToLong(TxQueueView::bytes).sum();
  }

  /** Packets given up for any reason. */
  public long droppedPackets() {
    return drops.values().stream().mapToLong(Long::longValue).sum();
  }
}
