package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.SkbDev;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One worker's memory for a test; closing it requires that everything came back. */
final class PacketFixture implements AutoCloseable {

  static final SkbDev DEV =
      new SkbDev() {
        @Override
        public int ifindex() {
          return 1;
        }

        @Override
        public String name() {
          return "dp0";
        }
      };

  final FrameMemory memory;
  final Cpu cpu;

  PacketFixture() {
    this(2048, 32, 1024);
  }

  PacketFixture(int frames, int blocks, int skbs) {
    memory = new FrameMemory(frames, blocks, 1);
    cpu = new Cpu(0, memory, skbs);
    cpu.drops().ensureDevice(DEV.ifindex());
  }

  /** A linear packet of the given bytes. */
  SkBuff linear(byte[] bytes) {
    SkBuff skb = alloc(FrameSlab.HEADROOM + bytes.length);
    write(skb, bytes, 0, bytes.length);
    return skb;
  }

  /** A packet whose first bytes are linear and the others in fragments of random sizes. */
  SkBuff fragmented(byte[] bytes, int linear, int fragMax, Random random) {
    int head = Math.min(linear, bytes.length);
    SkBuff skb = alloc(FrameSlab.HEADROOM + head);
    write(skb, bytes, 0, head);
    for (int at = head; at < bytes.length; ) {
      int left = bytes.length - at;
      boolean last = skb.fragCount() == SkBuff.MAX_FRAGS - 1;
      int n = last ? left : Math.min(left, 1 + random.nextInt(fragMax));
      boolean block = n > 1024 || random.nextInt(4) == 0;
      int frame = block ? cpu.frames().allocBlock() : cpu.frames().alloc();
      int room = (block ? FrameSlab.BLOCK_SIZE : FrameSlab.FRAME_SIZE) - n;
      int offset = random.nextInt(Math.min(room, 300) + 1);
      MemorySegment.copy(
          MemorySegment.ofArray(bytes), at, skb.memory(), FrameSlab.offsetOf(frame) + offset, n);
      assertThat(skb.addFrag(frame, offset, n)).isTrue();
      at += n;
    }
    return skb;
  }

  private SkBuff alloc(int size) {
    SkBuff skb = Objects.requireNonNull(cpu.skbs().alloc(size), "memory used up");
    skb.reserve(FrameSlab.HEADROOM);
    skb.dev(DEV);
    skb.iif(DEV.ifindex());
    skb.macHeader(skb.data());
    return skb;
  }

  private static void write(SkBuff skb, byte[] bytes, int from, int n) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), from, skb.memory(), skb.put(n), n);
  }

  /** All bytes of a packet. */
  static byte[] bytes(SkBuff skb) {
    byte[] bytes = new byte[skb.len()];
    assertThat(skb.copyBits(0, MemorySegment.ofArray(bytes), 0, bytes.length)).isTrue();
    return bytes;
  }

  /** A plain copy of bytes of the slab. */
  byte[] slice(long position, int length) {
    return memory.slab().data().asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Frees a list of packets. */
  static void consumeAll(@Nullable SkBuff list) {
    SkBuff skb = list;
    while (skb != null) {
      SkBuff next = skb.next();
      skb.consume();
      skb = next;
    }
  }

  void requireAllBack() {
    memory.leaks().requireNoneInUse();
    assertThat(cpu.skbs().available()).as("SkBuffs free").isEqualTo(cpu.skbs().capacity());
    assertThat(cpu.frames().misuses().get()).as("double frees").isZero();
  }

  @Override
  public void close() {
    requireAllBack();
    memory.close();
  }
}
