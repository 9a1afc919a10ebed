package io.dataplane.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random operations on packets that share buffers, against plain byte arrays. */
class SkBuffModelTest {

  private static final int SEEDS = 1000;
  private static final int STEPS = 80;
  private static final int PACKETS_MAX = 6;

  private static final SkbDev DEV =
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

  @Test
  void randomOperationsKeepToTheModel() {
    try (FrameMemory plenty = new FrameMemory(1024, 24, 1);
        FrameMemory scarce = new FrameMemory(64, 3, 1)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        FrameMemory memory = seed % 3 == 0 ? scarce : plenty;
        Run run = new Run(seed, memory);
        for (int i = 0; i < STEPS; i++) {
          run.step();
        }
        run.end();
        memory.leaks().requireNoneInUse();
        assertThat(memory.pool(0).misuses().get()).as("seed %d", seed).isZero();
      }
    }
  }

  private static final class Run {
    private final long seed;
    private final Random r;
    private final Cpu cpu;
    private final List<SkBuffModel> live = new ArrayList<>();
    private String what = "";

    Run(long seed, FrameMemory memory) {
      this.seed = seed;
      this.r = new Random(seed);
      this.cpu = new Cpu(0, memory, 16);
    }

    void step() {
      if (live.isEmpty() || (live.size() < PACKETS_MAX && r.nextInt(8) == 0)) {
        make();
      } else {
        operate(live.get(r.nextInt(live.size())));
      }
      for (SkBuffModel m : live) {
        m.check(what);
      }
    }

    void end() {
      for (SkBuffModel m : List.copyOf(live)) {
        free(m);
      }
      assertThat(cpu.skbs().available()).as("seed %d", seed).isEqualTo(16);
    }

    private void operate(SkBuffModel m) {
      int op = r.nextInt(18);
      what = "seed " + seed + " operation " + op;
      switch (op) {
        case 0 -> push(m);
        case 1 -> pull(m);
        case 2 -> put(m);
        case 3, 4 -> addFrag(m);
        case 5 -> trim(m);
        case 6 -> add(m, m.skb.cloneSkb());
        case 7 -> add(m, m.skb.copy());
        case 8 -> unshare(m);
        case 9 -> cow(m);
        case 10 -> expandHead(m);
        case 11 -> mayPull(m);
        case 12 -> linearize(m);
        case 13 -> detach(m);
        case 14 -> storeBits(m);
        case 15 -> mark(m);
        case 16 -> free(m);
        default -> get(m);
      }
    }

    private void make() {
      what = "seed " + seed + " alloc";
      int size = r.nextInt(4) == 0 ? 2049 + r.nextInt(30_000) : r.nextInt(2049);
      SkBuff skb = cpu.skbs().alloc(size);
      if (skb == null) {
        return;
      }
      skb.dev(DEV);
      skb.reserve(r.nextInt(Math.min(size, 300) + 1));
      live.add(new SkBuffModel(skb, new byte[0]));
    }

    private void add(SkBuffModel m, @Nullable SkBuff other) {
      if (other != null) {
        live.add(m.copyFor(other));
      }
    }

    /** Makes the linear part private, as a writer must. */
    private boolean own(SkBuffModel m) {
      return !m.skb.isCloned() || m.skb.cow(0);
    }

    private void push(SkBuffModel m) {
      int n = r.nextInt(80);
      if (!m.skb.cow(r.nextBoolean() ? n : 0)) {
        return;
      }
      if (n > m.skb.headroom()) {
        assertThatThrownBy(() -> m.skb.push(n)).isInstanceOf(SkbPanicException.class);
        return;
      }
      m.meta = new byte[0];
      m.skb.metaLength(0);
      byte[] front = bytes(n);
      long at = m.skb.push(n);
      assertThat(at).as(what).isEqualTo(m.skb.position());
      MemorySegment.copy(MemorySegment.ofArray(front), 0, m.skb.memory(), at, n);
      m.push(front);
    }

    private void pull(SkBuffModel m) {
      int n = r.nextInt(200);
      if (n > m.skb.headlen()) {
        assertThat(m.skb.pull(n)).as(what).isEqualTo(SkBuff.REFUSED);
        return;
      }
      m.meta = new byte[0];
      m.skb.metaLength(0);
      m.skb.pull(n);
      m.pull(n);
    }

    private void put(SkBuffModel m) {
      int n = r.nextInt(1500);
      if (!own(m)) {
        return;
      }
      if (n > m.skb.tailroom() || (n == 0 && m.skb.dataLen() != 0)) {
        assertThatThrownBy(() -> m.skb.put(n)).isInstanceOf(SkbPanicException.class);
        return;
      }
      byte[] back = bytes(n);
      MemorySegment.copy(MemorySegment.ofArray(back), 0, m.skb.memory(), m.skb.put(n), n);
      m.append(back);
    }

    private void addFrag(SkBuffModel m) {
      boolean block = r.nextInt(6) == 0;
      int frame = block ? cpu.frames().allocBlock() : cpu.frames().alloc();
      if (frame == FrameSlab.NONE) {
        return;
      }
      int size = block ? FrameSlab.BLOCK_SIZE : FrameSlab.FRAME_SIZE;
      byte[] back = bytes(1 + r.nextInt(r.nextInt(12) == 0 ? size : 1500));
      int offset = r.nextInt(size - back.length + 1);
      assertThat(m.skb.addFrag(frame, offset, size - offset + 1)).as("outside").isFalse();
      assertThat(m.skb.addFrag(frame, offset, 0)).as("empty").isFalse();
      long at = FrameSlab.offsetOf(frame) + offset;
      MemorySegment.copy(MemorySegment.ofArray(back), 0, m.skb.memory(), at, back.length);
      int count = m.skb.fragCount();
      boolean added = m.skb.addFrag(frame, offset, back.length);
      assertThat(added).as(what).isEqualTo(count < SkBuff.MAX_FRAGS);
      if (added) {
        m.append(back);
      } else {
        cpu.frames().put(frame);
      }
    }

    private void trim(SkBuffModel m) {
      int n = r.nextInt(r.nextInt(4) == 0 ? 500 : m.bytes.length + 10);
      m.skb.trim(n);
      m.bytes = Arrays.copyOf(m.bytes, Math.min(n, m.bytes.length));
    }

    private void unshare(SkBuffModel m) {
      if (m.references > 1) {
        return;
      }
      SkBuff own = m.skb.unshare();
      if (own == null) {
        live.remove(m);
        return;
      }
      m.skb = own;
      assertThat(own.isCloned()).as(what).isFalse();
    }

    private void cow(SkBuffModel m) {
      int room = r.nextInt(20) == 0 ? Integer.MAX_VALUE - r.nextInt(100) : r.nextInt(600);
      if (m.skb.cow(room)) {
        assertThat(m.skb.isCloned()).as(what).isFalse();
        assertThat(m.skb.headroom()).as(what).isGreaterThanOrEqualTo(room);
      }
    }

    private void expandHead(SkBuffModel m) {
      boolean huge = r.nextInt(20) == 0;
      int nhead = huge ? Integer.MAX_VALUE - r.nextInt(5) : r.nextInt(500);
      int ntail = r.nextInt(20) == 0 ? Integer.MAX_VALUE - r.nextInt(5) : r.nextInt(3000);
      int head = m.skb.headroom();
      int tail = m.skb.end() - m.skb.tail();
      boolean fits = (long) nhead + head + m.skb.headlen() + tail + ntail <= FrameSlab.BLOCK_SIZE;
      if (m.skb.expandHead(nhead, ntail)) {
        assertThat(fits || ntail == 0).as(what).isTrue();
        assertThat(m.skb.headroom()).as(what).isEqualTo(head + nhead);
        int room = ntail == 0 ? 0 : tail + ntail;
        assertThat(m.skb.end() - m.skb.tail()).as(what).isGreaterThanOrEqualTo(room);
      }
    }

    private void mayPull(SkBuffModel m) {
      int n = r.nextInt(m.bytes.length + 20);
      if (m.skb.mayPull(n)) {
        assertThat(n).as(what).isLessThanOrEqualTo(m.skb.headlen());
      }
      assertThat(m.skb.mayPull(m.bytes.length + 1)).as(what).isFalse();
      assertThat(m.skb.mayPull(0)).as(what).isTrue();
    }

    private void linearize(SkBuffModel m) {
      if (m.skb.linearize()) {
        assertThat(m.skb.dataLen()).as(what).isZero();
      }
    }

    private void detach(SkBuffModel m) {
      if (m.references > 1) {
        return;
      }
      int frame = m.skb.detach();
      if (frame == FrameSlab.NONE) {
        return;
      }
      assertThat(cpu.memory().slab().table().totalLength(frame)).isEqualTo(m.bytes.length);
      SkBuff again = cpu.skbs().adopt(frame, DEV);
      assertThat(again).as(what).isNotNull();
      if (again != null) {
        m.skb = again;
        m.detached();
      }
    }

    private void storeBits(SkBuffModel m) {
      unshare(m);
      if (!live.contains(m) || m.references > 1) {
        return;
      }
      int from = r.nextInt(m.bytes.length + 1);
      byte[] b = bytes(r.nextInt(m.bytes.length - from + 1));
      assertThat(m.skb.storeBits(from, MemorySegment.ofArray(b), 0, b.length)).as(what).isTrue();
      System.arraycopy(b, 0, m.bytes, from, b.length);
      int over = m.bytes.length - from + 1;
      MemorySegment any = MemorySegment.ofArray(new byte[over]);
      assertThat(m.skb.storeBits(from, any, 0, over)).as(what).isFalse();
      assertThat(m.skb.copyBits(from, any, 0, over)).as(what).isFalse();
      assertThat(m.skb.copyBits(-1, any, 0, 0)).as(what).isFalse();
    }

    private void mark(SkBuffModel m) {
      m.mark = r.nextInt();
      m.skb.mark(m.mark);
      m.vlan = r.nextInt();
      m.skb.vlan(m.vlan);
      m.setHeaders(0, 14 + r.nextInt(10), 34 + r.nextInt(40));
      if (!m.skb.isCloned() && m.skb.headroom() > 0) {
        m.meta = bytes(r.nextInt(Math.min(32, m.skb.headroom()) + 1));
        MemorySegment to = m.skb.memory().asSlice(m.skb.position() - m.meta.length);
        MemorySegment.copy(MemorySegment.ofArray(m.meta), 0, to, 0, m.meta.length);
        m.skb.metaLength(m.meta.length);
      }
      if (r.nextInt(3) == 0) {
        m.setPartial(2000 + r.nextInt(1000)); // so far that pulls do not pass it
      }
    }

    private void get(SkBuffModel m) {
      m.skb.get();
      m.references++;
      assertThat(m.skb.isShared()).as(what).isTrue();
    }

    private void free(SkBuffModel m) {
      for (; m.references > 0; m.references--) {
        if (r.nextBoolean()) {
          m.skb.consume();
        } else {
          m.skb.free(DropReason.NOT_SPECIFIED);
        }
      }
      live.remove(m);
    }

    private byte[] bytes(int n) {
      byte[] b = new byte[n];
      r.nextBytes(b);
      return b;
    }
  }
}
