package io.dataplane.testing;

import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Frames as bytes, and bytes as frames. */
public final class TestFrames {

  /** EtherType of test frames: IEEE Std 802 local experimental 1. */
  public static final int TYPE_TEST = 0x88b5;

  private TestFrames() {}

  /** An Ethernet frame with a test EtherType and a payload that the seed decides. */
  public static byte[] bytes(long destination, long source, int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    MemorySegment m = MemorySegment.ofArray(bytes);
    Ethernet.destination(m, 0, destination);
    Ethernet.source(m, 0, source);
    Ethernet.type(m, 0, TYPE_TEST);
    return bytes;
  }

  /** A frame of the worker's pool with these bytes; NONE where the pool is empty. */
  public static int of(Cpu cpu, byte[] bytes) {
    int frame = cpu.frames().alloc();
    if (frame == FrameSlab.NONE) {
      return frame;
    }
    FrameSlab slab = cpu.memory().slab();
    slab.table().reset(frame, FrameSlab.HEADROOM, bytes.length);
    MemorySegment.copy(
        bytes,
        0,
        slab.data(),
        ValueLayout.JAVA_BYTE,
        FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM,
        bytes.length);
    return frame;
  }

  /** The linear bytes of a frame. */
  public static byte[] read(FrameMemory memory, int frame) {
    FrameTable table = memory.slab().table();
    return memory
        .slab()
        .data()
        .asSlice(FrameSlab.offsetOf(frame) + table.offset(frame), table.length(frame))
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** All bytes of a packet, from its first byte of data. */
  public static byte[] read(SkBuff skb) {
    byte[] bytes = new byte[skb.len()];
    skb.copyBits(0, MemorySegment.ofArray(bytes), 0, bytes.length);
    return bytes;
  }
}
