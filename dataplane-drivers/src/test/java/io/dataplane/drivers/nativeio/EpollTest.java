package io.dataplane.drivers.nativeio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.drivers.Needs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpollTest {

  private static final long FOREVER = -1;
  private static final long ONE_MS = 1_000_000;

  private Epoll epoll;
  private Fd first;
  private Fd second;

  @BeforeEach
  void open() throws NativeException {
    epoll = Epoll.open(8);
    first = Fd.of(Libc.C.eventfd(0, Fd.O_NONBLOCK));
    second = Fd.of(Libc.C.eventfd(1, Fd.O_NONBLOCK));
  }

  @AfterEach
  void close() {
    epoll.close();
    first.close();
    second.close();
  }

  @Test
  void reportsWhatIsReadableByItsTokenAsLongAsItIs() throws Exception {
    epoll.add(first.number(), 3);
    epoll.add(second.number(), 7);

    for (long timeoutNs : new long[] {0, ONE_MS, FOREVER}) {
      assertThat(epoll.await(timeoutNs)).isEqualTo(1);
      assertThat(epoll.token(0)).isEqualTo(7);
      assertThat(epoll.events(0)).isEqualTo(Epoll.EPOLLIN);
    }
  }

  @Test
  void waitsUntilTheTimeIsOver() {
    long before = System.nanoTime();

    assertThat(epoll.await(ONE_MS)).isZero();

    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(ONE_MS);
  }

  @Test
  void anotherThreadEndsTheWait() throws Exception {
    Thread waker = new Thread(epoll::wakeup);
    waker.start();

    assertThat(epoll.await(FOREVER)).isZero();

    waker.join();
  }

  @Test
  void aWakeupBeforeTheWaitIsNotLostAndCountsOnce() {
    epoll.wakeup();
    epoll.wakeup();

    assertThat(epoll.await(FOREVER)).isZero();

    long before = System.nanoTime();
    assertThat(epoll.await(ONE_MS)).isZero();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(ONE_MS);
  }

  @Test
  void aWakeupHidesNoDescriptor() throws Exception {
    epoll.add(second.number(), 7);
    epoll.wakeup();

    assertThat(epoll.await(0)).isEqualTo(1);
    assertThat(epoll.token(0)).isEqualTo(7);
  }

  @Test
  void watchesNoLonger() throws Exception {
    epoll.add(second.number(), 7);
    epoll.remove(second.number());
    epoll.remove(second.number());

    assertThat(epoll.await(0)).isZero();
  }

  @Test
  void refusesWhatCannotBeWatched() throws Exception {
    epoll.add(first.number(), 0);

    assertThatThrownBy(() -> epoll.add(first.number(), 1))
        .isInstanceOfSatisfying(
            NativeException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    assertThatThrownBy(() -> epoll.add(second.number(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    long before = Needs.openDescriptors();

    Epoll.open(1).close();

    assertThat(Needs.openDescriptors()).isEqualTo(before);
  }
}
