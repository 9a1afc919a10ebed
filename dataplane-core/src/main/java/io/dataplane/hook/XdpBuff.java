package io.dataplane.hook;

import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a program sees of a frame: {@code struct xdp_buff}. One per receive queue, set anew for each
 * frame; owned by that queue's worker.
 *
 * <pre>
 *   dataHardStart      dataMeta   data                   dataEnd          frame end
 *   |                  |          |######################|                |
 * </pre>
 *
 * <p>All positions are bytes from the slab's start, in {@link #memory()}.
 */
public final class XdpBuff {

  private final MemorySegment memory;
  private final FrameTable table;
  private int frame = FrameSlab.NONE;
  private long hardStart;
  private long dataMeta;
  private long data;
  private long dataEnd;
  private int ifindex;
  private int rxQueue;
  private @Nullable XdpTarget redirect;

  /**
   * Makes one for a queue.
   *
   * @param slab the slab its frames lie in
   */
  public XdpBuff(FrameSlab slab) {
    this.memory = slab.data();
    this.table = slab.table();
  }

  /**
   * Points at a frame ({@code xdp_prepare_buff}).
   *
   * @param frame head of the frame
   * @param ifindex device it came in by
   * @param rxQueue queue it came in by
   */
  public void set(int frame, int ifindex, int rxQueue) {
    this.frame = frame;
    this.ifindex = ifindex;
    this.rxQueue = rxQueue;
    this.hardStart = FrameSlab.offsetOf(frame);
    this.data = hardStart + table.offset(frame);
    this.dataMeta = data;
    this.dataEnd = data + table.length(frame);
    this.redirect = null;
  }

  /**
   * Writes what the program changed back into the frame's descriptor. The checksum start is kept at
   * the same byte; a frame whose head moved past it has no partial checksum left.
   */
  public void commit() {
    int offset = (int) (data - hardStart);
    int moved = offset - table.offset(frame);
    int length = (int) (dataEnd - data);
    long offload = table.offload(frame);
    if (offload != 0) {
      table.offload(frame, XdpOffload.afterProgram(offload, moved));
    }
    table.offset(frame, offset);
    table.length(frame, length);
    table.metaLength(frame, (int) (data - dataMeta));
  }

  /**
   * The bytes of all frames.
   *
   * @return the slab
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * The frame pointed at.
   *
   * @return its head's index
   */
  public int frame() {
    return frame;
  }

  /**
   * The lowest position that {@link #data(long)} may take.
   *
   * @return position of the frame's first byte
   */
  public long hardStart() {
    return hardStart;
  }

  /**
   * Where metadata begins.
   *
   * @return position, at most {@link #data()}
   */
  public long dataMeta() {
    return dataMeta;
  }

  /**
   * Sets where metadata begins.
   *
   * @param dataMeta position, at most {@link #data()}
   */
  public void dataMeta(long dataMeta) {
    this.dataMeta = dataMeta;
  }

  /**
   * Where data begins.
   *
   * @return position
   */
  public long data() {
    return data;
  }

  /**
   * Sets where data begins.
   *
   * @param data position
   */
  public void data(long data) {
    this.data = data;
  }

  /**
   * Where linear data ends.
   *
   * @return position behind the last byte
   */
  public long dataEnd() {
    return dataEnd;
  }

  /**
   * Sets where linear data ends.
   *
   * @param dataEnd position behind the last byte
   */
  public void dataEnd(long dataEnd) {
    this.dataEnd = dataEnd;
  }

  /**
   * The device it came in by.
   *
   * @return ifindex
   */
  public int ifindex() {
    return ifindex;
  }

  /**
   * The queue it came in by.
   *
   * @return index
   */
  public int rxQueue() {
    return rxQueue;
  }

  /**
   * The target of a REDIRECT.
   *
   * @return the target, or null
   */
  public @Nullable XdpTarget redirect() {
    return redirect;
  }

  /**
   * Sets the target of a REDIRECT.
   *
   * @param redirect the target
   */
  public void redirect(XdpTarget redirect) {
    this.redirect = redirect;
  }
}
