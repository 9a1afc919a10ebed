package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.drivers.Await;
import io.dataplane.drivers.Command;
import io.dataplane.drivers.Namespace;
import io.dataplane.drivers.RawFrames;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.PacketSocket;
import io.dataplane.runtime.PollMode;
import io.dataplane.runtime.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the host does to the interface while frames cross it. */
@Timeout(60)
class TapLinkTest {

  @ParameterizedTest
  @EnumSource(
      value = TapIo.class,
      names = {"SYSCALL", "URING"})
  void aLinkThatFlapsUnderLoadCarriesFramesAgain(TapIo io) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().both(c -> c.withIo(io)).start();
        RawLoad load = RawLoad.steady(hosts.left(), hosts.right())) {
      load.awaitFrames(100);
      for (int i = 0; i < 5; i++) {
        hosts.right().down();
        long dropped = hosts.right().drops(DropReason.DEV_READY);
        Await.until(
            "frames are dropped", () -> hosts.right().drops(DropReason.DEV_READY) > dropped);
        hosts.right().up();
        load.awaitFrames(100);
        hosts.left().down();
        hosts.left().up();
        load.awaitFrames(100);
      }
      assertThat(hosts.right().device().isUp()).isTrue();
      assertThat(hosts.right().drops(DropReason.DEV_GONE)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(PollMode.class)
  void aDeletedInterfaceIsMadeAnewAndCarriesFramesAgain(PollMode mode) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().poll(mode).start();
        RawLoad load = RawLoad.steady(hosts.left(), hosts.right())) {
      for (int i = 0; i < 3; i++) {
        load.awaitFrames(100);
        hosts.right().namespace().ip("link del " + hosts.right().interfaceName());

        plugInAgain(hosts.right());
        load.awaitFrames(100);
      }
      hosts.awaitPing();
    }
  }

  @Test
  void anInterfaceThatIsDeletedWhileItReceivesIsMadeAnew() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      try (RawLoad load = RawLoad.steady(hosts.left(), hosts.right())) {
        load.awaitFrames(100);
        hosts.left().namespace().ip("link del " + hosts.left().interfaceName());
      }
      plugInAgain(hosts.left());
      hosts.awaitPing();
    }
  }

  /** Waits until the device has made its interface anew, and takes that into the host. */
  private static void plugInAgain(TapHost host) {
    Await.until("it is there again", () -> exists(host.interfaceName()));
    Await.until("it is open", () -> host.device().isUp());
    host.plugIn();
  }

  private static boolean exists(String device) {
    try {
      Command.ip("link show " + device);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** Another program takes the name, so that the device cannot be opened again. */
  @Test
  void aLostDeviceThatCannotBeOpenedCostsNoProcessorTime() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      String name = hosts.right().interfaceName();
      hosts.awaitPing();
      Command.ip("tuntap add dev " + name + " mode tun");
      try {
        hosts.right().namespace().ip("link del " + name);
        Await.until("the device is down", () -> !hosts.right().device().isUp());
        Await.pauseMs(300);
        Worker worker = hosts.dataplane().workers().get(0);
        long loops = worker.stats().loops().get();
        Await.pauseMs(1000);

        assertThat(worker.stats().loops().get() - loops).isLessThan(2000);
        assertThat(hosts.right().device().isUp()).isFalse();
      } finally {
        Command.ip("link del " + name);
      }
      plugInAgain(hosts.right());
      hosts.awaitPing();
    }
  }

  @Test
  void aRenamedInterfaceGoesOnUnderItsNewName() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      TapHost right = hosts.right();
      String renamed = right.interfaceName() + "n";
      right.down();
      right.namespace().ip("link set " + right.interfaceName() + " name " + renamed);
      right.namespace().ip("link set " + renamed + " up");

      hosts.awaitPing();
      Await.until("the new name is known", () -> right.device().name().equals(renamed));
      assertThat(right.device().isUp()).isTrue();
      assertThat(right.drops(DropReason.DEV_GONE)).isZero();
    }
  }

  @Test
  void anInterfaceThatMovesToAnotherNamespaceIsNotLost() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        Namespace other = Namespace.named(hosts.right().interfaceName() + "o")) {
      hosts.awaitPing();
      String name = hosts.right().interfaceName();
      hosts.right().namespace().ip("link set " + name + " netns " + other.name());
      other.ip("addr add " + hosts.right().address() + "/24 dev " + name);
      other.ip("link set " + name + " up");

      hosts.awaitPing();
      assertThat(hosts.right().device().isUp()).isTrue();
      assertThat(hosts.right().drops(DropReason.DEV_GONE)).isZero();
    }
  }

  @Test
  void refusalsOfTheHostAreCountedByWhatTheyMean() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        PacketSocket left = hosts.left().packets()) {
      TapTxQueue queue = (TapTxQueue) hosts.right().device().txQueue(0);
      TapDevice device = hosts.right().device();
      hosts.awaitPing();
      for (int errno : new int[] {Errno.EAGAIN, Errno.ENOBUFS, Errno.EINVAL}) {
        refuseNext(hosts, queue, left, errno);
      }
      assertThat(hosts.right().drops(DropReason.FULL_RING)).isEqualTo(2);
      assertThat(hosts.right().drops(DropReason.TX_ERROR)).isEqualTo(1);
      assertThat(queue.stats().errors().get()).isEqualTo(1);
      assertThat(queue.stats().drops().get()).isEqualTo(2);
      assertThat(device.isUp()).isTrue();
      hosts.awaitPing();
    }
  }

  /** Has the next frame to the right be refused, by a writer that is only there for it. */
  private static void refuseNext(TwoHosts hosts, TapTxQueue queue, PacketSocket left, int errno) {
    TapWriterStub stub = new TapWriterStub(errno);
    Worker worker = hosts.dataplane().workers().get(0);
    TapWriterStub.replace(queue, stub, worker);
    left.send(RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, 60, 1));
    Await.until("a frame is refused", () -> stub.refused() > 0);
    int fd = hosts.right().device().rxQueues().get(0).eventFd();
    TapWriterStub.replace(queue, new SyscallWriter(fd), worker);
  }
}
