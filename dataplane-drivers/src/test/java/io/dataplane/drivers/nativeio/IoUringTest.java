package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.drivers.Needs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IoUringTest {

  private static final int ENTRIES = 4;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment words = arena.allocate(256, 8);
  private Fd event;
  private IoUring ring;

  @BeforeEach
  void open() throws NativeException {
    Needs.ioUring();
    event = Fd.of(Libc.C.eventfd(0, Fd.O_NONBLOCK));
    ring = IoUring.open(ENTRIES, event.number());
  }

  @AfterEach
  void close() {
    if (ring != null) {
      ring.close();
      event.close();
    }
    arena.close();
  }

  @Test
  void operationsAreDoneInOrderWhenSubmitReturns() {
    words.set(JAVA_LONG, 0, 41L);
    words.set(JAVA_LONG, 8, 1L);

    assertThat(ring.prepareWrite(0, words.address(), 8, 10)).isTrue();
    assertThat(ring.prepareWrite(0, words.address() + 8, 8, 11)).isTrue();
    assertThat(ring.prepareRead(0, words.address() + 16, 8, 12)).isTrue();
    assertThat(ring.pending()).isEqualTo(3);
    assertThat(ring.submit()).isEqualTo(3);

    assertThat(ring.pending()).isZero();
    assertThat(ring.completions()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(ring.userData(i)).isEqualTo(10 + i);
      assertThat(ring.result(i)).isEqualTo(8);
    }
    ring.advance(3);
    assertThat(ring.completions()).isZero();
    assertThat(words.get(JAVA_LONG, 16)).isEqualTo(42);
  }

  @Test
  void nothingToReadIsSaidAtOnceAndLeavesNothingBehind() {
    ring.prepareRead(0, words.address(), 8, 1);
    ring.submit();

    assertThat(ring.completions()).isEqualTo(1);
    assertThat(ring.result(0)).isEqualTo(-Errno.EAGAIN);
    ring.advance(1);

    words.set(JAVA_LONG, 8, 5L);
    ring.prepareWrite(0, words.address() + 8, 8, 2);
    ring.submit();
    assertThat(ring.completions()).isEqualTo(1);
    assertThat(ring.userData(0)).isEqualTo(2);
  }

  @Test
  void vectorsGatherAndScatter() {
    words.set(JAVA_LONG, 0, 3L);
    long vectors = words.address() + 128;
    vector(0, words.address());
    vector(1, words.address() + 8);

    ring.prepareWritev(0, vectors, 1, 1);
    ring.prepareReadv(0, vectors + 16, 1, 2);
    ring.submit();

    assertThat(ring.completions()).isEqualTo(2);
    assertThat(ring.result(0)).isEqualTo(8);
    assertThat(ring.result(1)).isEqualTo(8);
    assertThat(words.get(JAVA_LONG, 8)).isEqualTo(3);
  }

  private void vector(int i, long address) {
    words.set(JAVA_LONG, 128 + 16L * i, address);
    words.set(JAVA_LONG, 136 + 16L * i, 8L);
  }

  @Test
  void aFullRingRefuses() {
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(ring.space()).isEqualTo(ENTRIES - i);
      assertThat(ring.prepareRead(0, words.address(), 8, i)).isTrue();
    }

    assertThat(ring.prepareRead(0, words.address(), 8, 9)).isFalse();

    assertThat(ring.submit()).isEqualTo(ENTRIES);
    assertThat(ring.completions()).isEqualTo(ENTRIES);
  }

  @Test
  void goesRoundManyTimes() {
    words.set(JAVA_LONG, 0, 1L);
    for (int round = 0; round < 100_000; round++) {
      ring.prepareWrite(0, words.address(), 8, 2L * round);
      ring.prepareRead(0, words.address() + 8, 8, 2L * round + 1);
      assertThat(ring.submit()).isEqualTo(2);
      assertThat(ring.completions()).isEqualTo(2);
      assertThat(ring.userData(1)).isEqualTo(2L * round + 1);
      assertThat(ring.result(1)).isEqualTo(8);
      ring.advance(2);
    }
  }

  @Test
  void anUnknownFileFailsAlone() {
    words.set(JAVA_LONG, 0, 1L);
    ring.prepareRead(5, words.address(), 8, 1);
    ring.prepareWrite(0, words.address(), 8, 2);
    while (ring.pending() > 0) {
      ring.submit();
    }

    assertThat(ring.completions()).isEqualTo(2);
    assertThat(ring.result(0)).isEqualTo(-Errno.EBADF);
    assertThat(ring.result(1)).isEqualTo(8);
  }

  @Test
  void anotherThreadMayUseAndCloseIt() throws Exception {
    Thread other =
        new Thread(() -> {
          ring.prepareRead(0, words.address(), 8, 1);
          ring.submit();
          ring.close();
          ring.close();
        });
    other.start();
    other.join();

    assertThatThrownBy(() -> ring.completions()).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    long before = Needs.openDescriptors();

    IoUring.open(64, event.number()).close();
    assertThatThrownBy(() -> IoUring.open(64, 1 << 20)).isInstanceOf(NativeException.class);

    assertThat(Needs.openDescriptors()).isEqualTo(before);
  }
}
