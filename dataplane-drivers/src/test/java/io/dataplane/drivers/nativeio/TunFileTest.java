package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.drivers.Command;
import io.dataplane.drivers.Namespace;
import io.dataplane.drivers.Needs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TunFileTest {

  private static final int TAP = TunFile.IFF_TAP | TunFile.IFF_NO_PI | TunFile.IFF_VNET_HDR;

  private final HotCalls calls = new HotCalls();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment frame = arena.allocate(2048, 8);
  private Interfaces interfaces;
  private TunFile tun;

  @BeforeEach
  void open() throws NativeException {
    Needs.tap();
    interfaces = Interfaces.open();
    tun = TunFile.open();
    frame.set(JAVA_BYTE, 12, (byte) 2); // a made-up destination, behind the vnet_hdr
  }

  @AfterEach
  void close() {
    if (tun != null) {
      tun.close();
      interfaces.close();
    }
    arena.close();
  }

  private long write() {
    return calls.write(tun.fd().number(), frame.address(), 12 + 60);
  }

  private long read() {
    return calls.read(tun.fd().number(), frame.address(), frame.byteSize());
  }

  private static void failsWith(int errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NativeException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  void makesADeviceThatLivesAsLongAsItsFile() throws Exception {
    assertThat(tun.attach("dpt%d", TAP)).startsWith("dpt");
    String name = tun.info().name();
    assertThat(tun.info().flags() & TAP).isEqualTo(TAP);
    assertThat(interfaces.exists(name)).isTrue();
    assertThat(tun.isInOwnNamespace()).isTrue();

    failsWith(Errno.EBUSY, () -> attachSecond(name, TAP));
    tun.close();

    assertThat(interfaces.exists(name)).isFalse();
  }

  private static void attachSecond(String name, int flags) throws NativeException {
    try (TunFile second = TunFile.open()) {
      second.attach(name, flags);
    }
  }

  @Test
  void setsWhatCanBeSet() throws Exception {
    String name = tun.attach("dpt%d", TAP);
    tun.setVnetHdrSize(12);
    int offloads = tun.setBestOffload();
    tun.setOwner(12345);
    tun.setGroup(12346);
    tun.setCarrier(false);
    tun.setHardwareAddress(0x0200_0000_abcdL);
    interfaces.setMtu(name, 9000);
    interfaces.setTxQueueLength(name, 2000);
    interfaces.setFlags(name, Interfaces.IFF_UP, true);

    assertThat(offloads & TunFile.TUN_F_TSO4).isNotZero();
    assertThat(tun.features() & TunFile.IFF_MULTI_QUEUE).isNotZero();
    assertThat(tun.hardwareAddress()).isEqualTo(0x0200_0000_abcdL);
    assertThat(interfaces.hardwareAddress(name)).isEqualTo(0x0200_0000_abcdL);
    assertThat(interfaces.mtu(name)).isEqualTo(9000);
    assertThat(interfaces.txQueueLength(name)).isEqualTo(2000);
    assertThat(interfaces.flags(name) & Interfaces.IFF_UP).isNotZero();
    assertThat(Command.ip("-d link show " + name))
        .contains("NO-CARRIER")
        .contains("user 12345")
        .contains("group 12346");
    failsWith(Errno.EINVAL, () -> tun.setOffload(1 << 30));
    failsWith(Errno.EINVAL, () -> interfaces.setMtu(name, 1));
  }

  @Test
  void aPersistentDeviceOutlivesItsFile() throws Exception {
    String name = tun.attach("dpt%d", TAP);
    tun.setPersist(true);
    tun.close();
    assertThat(interfaces.exists(name)).isTrue();

    tun = TunFile.open();
    assertThat(tun.attach(name, TAP)).isEqualTo(name);
    assertThat(tun.info().flags() & TunFile.IFF_PERSIST).isNotZero();
    tun.setPersist(false);
    tun.close();

    assertThat(interfaces.exists(name)).isFalse();
  }

  @Test
  void saysWhetherTheDeviceIsUp() throws Exception {
    String name = tun.attach("dpt%d", TAP);
    tun.setVnetHdrSize(12);
    assertThat(write()).isEqualTo(-Errno.EIO);
    assertThat(read()).isEqualTo(-Errno.EAGAIN);

    try (Namespace namespace = Namespace.named(name)) {
      namespace.take(name);
      namespace.ip("link set " + name + " up");

      assertThat(write()).isEqualTo(72);
      assertThat(calls.write(tun.fd().number(), frame.address(), 12 + 13)).isEqualTo(-Errno.EINVAL);
    }
  }

  @Test
  void aDeletedDeviceIsReportedAndMayBeMadeAnew() throws Exception {
    String name = tun.attach("dpt%d", TAP);
    tun.setVnetHdrSize(12);
    try (Epoll epoll = Epoll.open(4)) {
      epoll.add(tun.fd().number(), 5);
      assertThat(epoll.await(0)).isZero();

      Command.ip("link del " + name);

      assertThat(epoll.await(-1)).isEqualTo(1);
      assertThat(epoll.token(0)).isEqualTo(5);
      assertThat(epoll.events(0) & Epoll.EPOLLERR).isNotZero();
      assertThat(read()).isEqualTo(-Errno.EBADFD);
      assertThat(write()).isEqualTo(-Errno.EBADFD);
      failsWith(Errno.EBADFD, () -> tun.info());
      failsWith(Errno.EBADFD, () -> tun.isInOwnNamespace());
      failsWith(Errno.EBADFD, () -> tun.hardwareAddress());

      assertThat(tun.attach(name, TAP)).isEqualTo(name);
      assertThat(tun.info().name()).isEqualTo(name);
      assertThat(read()).isEqualTo(-Errno.EAGAIN);
      assertThat(epoll.await(0)).isZero();
    }
  }

  @Test
  void followsItsDeviceToANewNameAndAnotherNamespace() throws Exception {
    String name = tun.attach("dpt%d", TAP);
    String renamed = name + "x";
    tun.setVnetHdrSize(12);
    try (Namespace namespace = Namespace.named(name)) {
      Command.ip("link set " + name + " name " + renamed);
      assertThat(tun.info().name()).isEqualTo(renamed);
      namespace.take(renamed);
      namespace.ip("link set " + renamed + " up");

      assertThat(tun.isInOwnNamespace()).isFalse();
      assertThat(tun.info().name()).isEqualTo(renamed);
      assertThat(write()).isEqualTo(72);
      tun.setHardwareAddress(0x0200_0000_1111L);
      assertThat(namespace.ip("link show " + renamed)).contains("02:00:00:00:11:11");
      failsWith(Errno.ENODEV, () -> interfaces.mtu(renamed));
    }
  }

  @Test
  void queuesComeAndGo() throws Exception {
    int flags = TAP | TunFile.IFF_MULTI_QUEUE;
    String name = tun.attach("dpt%d", flags);
    try (TunFile second = TunFile.open()) {
      assertThat(second.attach(name, flags)).isEqualTo(name);
      second.setQueue(false);
      failsWith(Errno.EINVAL, () -> second.setQueue(false));
      second.setQueue(true);
      failsWith(Errno.EINVAL, () -> attachSecond(name, TAP));
    }
  }

  @Test
  void aRingReadsAndWritesTheDevice() throws Exception {
    Needs.ioUring();
    String name = tun.attach("dpt%d", TAP);
    tun.setVnetHdrSize(12);
    try (Namespace namespace = Namespace.named(name);
        IoUring ring = IoUring.open(8, tun.fd().number())) {
      namespace.take(name);
      namespace.ip("link set " + name + " up");
      for (int i = 0; i < 4; i++) {
        ring.prepareWrite(0, frame.address(), 72, i);
      }
      ring.prepareRead(0, frame.address(), 2048, 4);
      ring.submit();

      assertThat(ring.completions()).isEqualTo(5);
      for (int i = 0; i < 4; i++) {
        assertThat(ring.result(i)).isEqualTo(72);
      }
      assertThat(ring.result(4)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void aRingOutlivesItsDeviceAndLetsGoOfIt() throws Exception {
    Needs.ioUring();
    String name = tun.attach("dpt%d", TAP);
    IoUring ring = IoUring.open(8, tun.fd().number());
    Command.ip("link del " + name);
    assertThat(ringRead(ring)).isEqualTo(-Errno.EBADFD);

    tun.attach(name, TAP);
    assertThat(ringRead(ring)).isEqualTo(-Errno.EAGAIN);
    ring.close();
    tun.close();

    assertThat(interfaces.exists(name)).isFalse();
  }

  private int ringRead(IoUring ring) {
    ring.prepareRead(0, frame.address(), 2048, 1);
    ring.submit();
    int result = ring.result(0);
    ring.advance(ring.completions());
    return result;
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    long before = Needs.openDescriptors();
    try (TunFile second = TunFile.open()) {
      second.attach("dpt%d", TAP);
      assertThat(second.isInOwnNamespace()).isTrue();
      failsWith(Errno.EEXIST, () -> second.attach("dpt%d", TAP));
    }

    assertThat(Needs.openDescriptors()).isEqualTo(before);
  }
}
