package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every device does, whatever its driver. A driver's test extends it with its rig. */
@Timeout(120)
public abstract class NetDeviceContractTest {

  private static final long FAR = MacAddress.parse("02:00:00:00:0f:01");
  private static final int LENGTH_MAX = 1518;

  DeviceRig rig;

  /** Makes the rig of the driver. */
  protected abstract DeviceRig createRig() throws Exception;

  /** Nothing is open before each test. */
  @SuppressWarnings("NullAway.Init")
  protected NetDeviceContractTest() {}

  @BeforeEach
  final void createFreshRig() throws Exception {
    rig = createRig();
  }

  /** Every frame is back in the pool. */
  @AfterEach
  final void closeRigAndRequireEveryFrameBack() throws Exception {
    rig.close();
  }

  void open() throws DeviceException {
    rig.openFarEnd();
    rig.dataplane().open(rig.device());
  }

  byte[] toDevice(int length, int seed) {
    return TestFrames.bytes(rig.device().mac(), FAR, length, seed);
  }

  byte[] toFarEnd(int length, int seed) {
    return TestFrames.bytes(FAR, rig.device().mac(), length, seed);
  }

  private List<byte[]> everyLength(boolean out) {
    List<byte[]> frames = new ArrayList<>();
    for (int length = 14; length <= LENGTH_MAX; length++) {
      frames.add(out ? toFarEnd(length, length) : toDevice(length, length));
    }
    return frames;
  }

  private void sendEach(List<byte[]> frames, Consumer<byte[]> send) {
    int inFlight = 0;
    for (byte[] frame : frames) {
      send.accept(frame);
      if (++inFlight == 64) {
        rig.settle();
        inFlight = 0;
      }
    }
    rig.settle();
  }

  static void assertSame(List<byte[]> got, List<byte[]> expected) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.size(); i++) {
      assertThat(got.get(i)).as("frame %d", i).isEqualTo(expected.get(i));
    }
  }

  // ---------------------------------------------------------------- identity and settings

  @Test
  void hasAnIdentityAndQueuesByNumber() {
    NetDevice dev = rig.device();
    assertThat(NetDevice.isValidName(dev.name())).isTrue();
    assertThat(dev.driver()).isNotBlank();
    assertThat(dev.ifindex()).isPositive();
    assertThat(MacAddress.isValidUnicast(dev.mac())).isTrue();
    assertThat(dev.isUp()).isFalse();
    assertThat(dev.rxQueues()).isNotEmpty().isEqualTo(dev.rxQueues());
    for (int i = 0; i < dev.rxQueues().size(); i++) {
      assertThat(dev.rxQueues().get(i).index()).isEqualTo(i);
      assertThat(dev.rxQueues().get(i).dev()).isSameAs(dev);
    }
    assertThat(dev.txQueueCount()).isEqualTo(rig.dataplane().workers().size());
  }

  @Test
  void takesAnMtuWithinBoundsAndKeepsItsOwnWhereRefused() throws Exception {
    open();
    NetDevice dev = rig.device();
    for (int mtu : new int[] {1280, 1500, 9000, NetDevice.MTU_MIN}) {
      dev.setMtu(mtu);
      assertThat(dev.mtu()).isEqualTo(mtu);
    }
    for (int mtu : new int[] {-1, 0, NetDevice.MTU_MIN - 1, NetDevice.MTU_MAX + 1}) {
      assertThatThrownBy(() -> dev.setMtu(mtu))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(mtu));
      assertThat(dev.mtu()).isEqualTo(NetDevice.MTU_MIN);
    }
  }

  @Test
  void takesAUnicastAddressAndKeepsItsOwnWhereRefused() throws Exception {
    open();
    NetDevice dev = rig.device();
    long mac = MacAddress.parse("02:00:00:00:00:77");
    dev.setMac(mac);
    assertThat(dev.mac()).isEqualTo(mac);
    long group = MacAddress.parse("01:00:5e:00:00:01");
    for (long bad : new long[] {0, MacAddress.BROADCAST, group}) {
      assertThatThrownBy(() -> dev.setMac(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(MacAddress.format(bad));
      assertThat(dev.mac()).isEqualTo(mac);
    }
  }

  // ---------------------------------------------------------------- frames

  @Test
  void framesOfEveryLengthArriveUnchangedAndInOrder() throws Exception {
    open();
    List<byte[]> frames = everyLength(false);
    sendEach(frames, f -> assertThat(rig.farSend(f)).isTrue());
    assertSame(rig.received(), frames);
  }

  @Test
  void framesOfEveryLengthLeaveUnchangedAndInOrder() throws Exception {
    open();
    List<byte[]> frames = everyLength(true);
    sendEach(frames, f -> assertThat(rig.sendFrame(f)).isTrue());
    assertSame(rig.farReceived(), frames);
  }

  @Test
  void packetsOfEveryLengthLeaveUnchangedAndInOrder() throws Exception {
    open();
    List<byte[]> frames = everyLength(true);
    sendEach(frames, rig::sendPacket);
    assertSame(rig.farReceived(), frames);
  }

  @Test
  void countsFramesAndBytesThatComeIn() throws Exception {
    open();
    List<byte[]> frames = everyLength(false);
    sendEach(frames, rig::farSend);
    long packets = 0;
    long bytes = 0;
    for (RxQueue queue : rig.device().rxQueues()) {
      packets += queue.stats().packets().get();
      bytes += queue.stats().bytes().get();
    }
    assertThat(packets).isEqualTo(frames.size());
    assertThat(bytes).isEqualTo(frames.stream().mapToLong(f -> f.length).sum());
  }

  @Test
  void countsFramesAndBytesThatGoOut() throws Exception {
    open();
    List<byte[]> frames = everyLength(true);
    sendEach(frames.subList(0, 700), rig::sendFrame);
    sendEach(frames.subList(700, frames.size()), rig::sendPacket);
    QueueStats stats = rig.device().txQueue(0).stats();
    assertThat(stats.packets().get()).isEqualTo(frames.size());
    assertThat(stats.bytes().get()).isEqualTo(frames.stream().mapToLong(f -> f.length).sum());
    assertThat(stats.drops().get()).isZero();
    assertThat(stats.errors().get()).isZero();
  }

  // ---------------------------------------------------------------- open, stop, open again

  @Test
  void opensAndStopsAnyNumberOfTimes() throws Exception {
    for (int i = 1; i <= 5; i++) {
      open();
      open(); // no harm
      assertThat(rig.device().isUp()).isTrue();
      assertThat(rig.farSend(toDevice(100, i))).isTrue();
      rig.settle();
      assertThat(rig.received()).hasSize(i);
      rig.dataplane().close(rig.device());
      rig.dataplane().close(rig.device());
      assertThat(rig.device().isUp()).isFalse();
    }
  }

  @Test
  void refusesFramesWhileItIsDown() throws Exception {
    open();
    rig.dataplane().close(rig.device());
    assertThat(rig.sendFrame(toFarEnd(60, 1))).isFalse();
    rig.sendPacket(toFarEnd(60, 1));
    NetDevice dev = rig.device();
    assertThat(rig.cpu().drops().get(dev.ifindex(), DropReason.DEV_READY)).isEqualTo(1);
    assertThat(dev.txQueue(0).stats().drops().get()).isEqualTo(1);
    rig.settle();
    assertThat(rig.farReceived()).isEmpty();
  }

  @Test
  void refusesPacketsBeforeItIsFirstOpened() {
    rig.sendPacket(toFarEnd(60, 1));
    int ifindex = rig.device().ifindex();
    assertThat(rig.cpu().drops().get(ifindex, DropReason.DEV_READY)).isEqualTo(1);
  }

  @Test
  void stoppingDropsWhatWaitsWithItsReasonAndGivesItBack() throws Exception {
    open();
    for (int i = 0; i < 100; i++) {
      rig.farSend(toDevice(60, i));
    }
    rig.dataplane().close(rig.device());
    rig.settle();
    assertThat(rig.received()).isEmpty();
    if (rig.rxRingFrames() > 0) {
      int ifindex = rig.device().ifindex();
      assertThat(rig.cpu().drops().get(ifindex, DropReason.DEV_GONE)).isEqualTo(100);
    }
    rig.dataplane().memory().leaks().requireNoneInUse();
  }

  @Test
  void whatWasSentBeforeStoppingIsSentOrDroppedButNotKept() throws Exception {
    open();
    for (int i = 0; i < 100; i++) {
      rig.sendFrame(toFarEnd(60, i));
    }
    rig.dataplane().close(rig.device());
    rig.settle();
    rig.dataplane().memory().leaks().requireNoneInUse();
    assertThat(rig.farReceived().size()).isLessThanOrEqualTo(100);
  }
}
