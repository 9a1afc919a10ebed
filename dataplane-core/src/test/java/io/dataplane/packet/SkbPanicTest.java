package io.dataplane.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.Checks;
import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SkbPanicTest {

  private static void withPacket(Consumer<SkBuff> test) {
    try (FrameMemory memory = new FrameMemory(64, 0, 1)) {
      SkBuff skb = Objects.requireNonNull(new Cpu(0, memory, 4).skbs().alloc(2048));
      skb.reserve(256);
      skb.put(1500);
      test.accept(skb);
      skb.consume();
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void strictModeThrowsAndChangesNothing() {
    withPacket(skb -> {
      assertPanic(() -> skb.push(257), "skb_under_panic");
      assertPanic(() -> skb.push(-1), "skb_under_panic");
      assertPanic(() -> skb.put(293), "skb_over_panic");
      assertPanic(() -> skb.put(-1), "skb_over_panic");
      assertPanic(() -> skb.put(Integer.MAX_VALUE), "skb_over_panic");
      assertPanic(() -> skb.reserve(1), "skb_reserve");
      assertPanic(() -> skb.trim(-1), "skb_trim");
      assertThat(skb.data()).isEqualTo(256);
      assertThat(skb.tail()).isEqualTo(1756);
      assertThat(skb.len()).isEqualTo(1500);
      assertThat(skb.panicked()).isTrue();
    });
  }

  private static void assertPanic(ThrowingCallable call, String function) {
    assertThatThrownBy(call)
        .isInstanceOf(SkbPanicException.class)
        .hasMessageStartingWith(function + ": by ");
  }

  @Test
  void theLimitsThemselvesAreAllowed() {
    withPacket(skb -> {
      assertThat(skb.push(256)).isEqualTo(skb.head());
      assertThat(skb.put(292)).isEqualTo(skb.head() + 1756);
      assertThat(skb.headroom()).isZero();
      assertThat(skb.tailroom()).isZero();
      assertThat(skb.panicked()).isFalse();
    });
  }

  @Test
  void theMessageDrawsTheBuffer() {
    withPacket(skb ->
        assertThatThrownBy(() -> skb.push(300))
            .hasMessage(
                """
                skb_under_panic: by 300 len:1500 data_len:0 head:0x0 data:+256 tail:+1756 \
                end:+2048 dev:<NULL>
                head   data                                tail    end
                |......|###################################|.......|
                0      256                                 1756    2048\
                """));
  }

  @Test
  void theDrawingBearsEveryShape() {
    for (int end : new int[] {0, 1, 2048, 65_536}) {
      for (int data = 0; data <= end; data += Math.max(1, end / 7)) {
        for (int tail = data; tail <= end; tail += Math.max(1, end / 7)) {
          String drawn = SkbPanic.draw(data, tail, end);
          assertThat(drawn.lines().toList()).hasSize(3);
          assertThat(drawn).contains("head").contains("data").contains("tail").contains("end");
        }
      }
    }
  }

  @Test
  void productionModeRefusesAndMarks() throws IOException, InterruptedException {
    assertThat(Checks.STRICT).as("tests run with the checks on").isTrue();
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Ddataplane.checks=false",
                    "-Dslf4j.internal.verbosity=ERROR",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Production.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
  }

  /** What the other test does, in a process without the checks. */
  static final class Production {

    private Production() {}

    public static void main(String[] args) {
      try (FrameMemory memory = new FrameMemory(64, 0, 1)) {
        Cpu cpu = new Cpu(0, memory, 4);
        SkBuff skb = Objects.requireNonNull(cpu.skbs().alloc(2048));
        skb.reserve(256);
        skb.put(1500);
        require(skb.push(257) == SkBuff.REFUSED, "push");
        require(skb.put(293) == SkBuff.REFUSED, "put");
        skb.reserve(1);
        skb.trim(-1);
        require(skb.data() == 256 && skb.tail() == 1756 && skb.len() == 1500, "cursors");
        require(skb.panicked(), "marked");
        SkBuff clone = Objects.requireNonNull(skb.cloneSkb());
        require(clone.panicked(), "a clone is marked too");
        clone.consume();
        skb.free(DropReason.SKB_PANIC);
        require(cpu.drops().get(0, DropReason.SKB_PANIC) == 1, "counted");
        skb.consume(); // twice
        require(cpu.skbs().available() == 4, "no SkBuff given back twice");
        cpu.frames().put(skb.headFrame());
        require(cpu.frames().misuses().get() == 1, "double free counted");
        memory.leaks().requireNoneInUse();
        require(Objects.requireNonNull(cpu.skbs().alloc(0)).len() == 0, "lives on");
      }
    }

    private static void require(boolean condition, String what) {
      if (!condition) {
        throw new AssertionError(what);
      }
    }
  }
}
