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

  /** Frames from left to right until closed, whatever becomes of them. */
  private static final class Load implements AutoCloseable {
    private final Thread thread;
    private volatile boolean stopping;

    Load(TapHost from) {
      PacketSocket socket = from.packets();
      byte[] frame = RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, 200, 1);
      thread =
          Thread.ofPlatform()
              .name("load")
              .start(
                  () -> {
                    while (!stopping) {
                      for (int i = 0; i < 50; i++) {
                        socket.send(frame);
                      }
                      Await.pauseMs(1);
                    }
                    socket.close();
                  });
    }

    @Override
    public void close() throws InterruptedException {
      stopping = true;
      thread.join();
    }
  }

  private static void awaitTraffic(TwoHosts hosts) {
    long before = hosts.right().sent();
    Await.until("frames cross", () -> hosts.right().sent() > before + 100);
  }

  @ParameterizedTest
  @EnumSource(
      value = TapIo.class,
      names = {"SYSCALL", "URING"})
  void aLinkThatFlapsUnderLoadCarriesFramesAgain(TapIo io) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().both(c -> c.withIo(io)).start();
        Load load = new Load(hosts.left())) {
      awaitTraffic(hosts);
      for (int i = 0; i < 5; i++) {
        hosts.right().down();
        long dropped = hosts.right().drops(DropReason.DEV_READY);
        Await.until(
            "frames are dropped", () -> hosts.right().drops(DropReason.DEV_READY) > dropped);
        hosts.right().up();
        awaitTraffic(hosts);
        hosts.left().down();
        hosts.left().up();
        awaitTraffic(hosts);
      }
      assertThat(hosts.right().device().isUp()).isTrue();
      assertThat(hosts.right().drops(DropReason.DEV_GONE)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(PollMode.class)
  void aDeletedInterfaceIsMadeAnewAndCarriesFramesAgain(PollMode mode) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().poll(mode).start();
        Load load = new Load(hosts.left())) {
      for (int i = 0; i < 3; i++) {
        awaitTraffic(hosts);
        hosts.right().namespace().ip("link del " + hosts.right().interfaceName());

        Await.until("it is there again", () -> exists(hosts.right().interfaceName()));
        hosts.right().plugIn();
        awaitTraffic(hosts);
      }
      hosts.awaitPing();
    }
  }

  @Test
  void anInterfaceThatIsDeletedWhileItReceivesIsMadeAnew() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      try (Load load = new Load(hosts.left())) {
        awaitTraffic(hosts);
        hosts.left().namespace().ip("link del " + hosts.left().interfaceName());
      }
      Await.until("it is there again", () -> exists(hosts.left().interfaceName()));
      hosts.left().plugIn();
      hosts.awaitPing();
    }
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
      Command.ip("link add " + name + " type dummy");
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
      Await.until("it is there again", () -> exists(name));
      hosts.right().plugIn();
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
    stub.replace(queue, hosts.dataplane().workers().get(0));
    left.send(RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, 60, 1));
    Await.until("a frame is refused", () -> stub.refused() > 0);
    stub.restore();
  }
}
