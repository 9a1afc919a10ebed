package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.dataplane.packet.SkBuff;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The offloads make no garbage: packets and all state exist beforehand. */
class OffloadAllocationTest {

  private static final int ROUNDS = 3000;

  @Test
  void segmentingCompletingAndMergingAllocatesNothing() {
    try (PacketFixture f = new PacketFixture()) {
      FrameSpec spec = new FrameSpec();
      spec.payload = RandomFrames.bytes(new Random(1), 20 * 1448);
      SkBuff packet = SkbGsoTest.gso(f, spec, 1448, new Random(1));
      Gro gro = new Gro(f.cpu, NetFeatures.NONE, SkBuff::consume);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      run(gro, packet, ROUNDS); // classes load and methods compile
      long before = threads.getCurrentThreadAllocatedBytes();
      run(gro, packet, ROUNDS);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes in %d rounds", ROUNDS).isLessThan(ROUNDS);
      packet.consume();
    }
  }

  private static void run(Gro gro, SkBuff packet, int rounds) {
    for (int i = 0; i < rounds; i++) {
      SkBuff clone = Objects.requireNonNull(packet.cloneSkb());
      long features = (i & 1) == 0 ? NetFeatures.NONE : NetFeatures.SG | NetFeatures.HW_CSUM;
      SkBuff segment = SkbValidate.validateXmit(clone, features);
      while (segment != null) {
        SkBuff next = segment.next();
        segment.next(null);
        gro.receive(segment);
        segment = next;
      }
      gro.flush();
    }
  }
}
