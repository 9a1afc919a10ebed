package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.device.DeviceException;
import io.dataplane.drivers.Command;
import io.dataplane.drivers.EpollPoller;
import io.dataplane.drivers.Needs;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.HostCalls;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.drivers.nativeio.TunFile;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What opening a device says where the host refuses, and what it leaves in place. */
@Timeout(60)
class TapErrorsTest {

  private static final String NAME =
      "dp" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + "e";
  private static final int TAP = TunFile.IFF_TAP | TunFile.IFF_NO_PI | TunFile.IFF_VNET_HDR;

  private List<String> descriptors;
  private Dataplane dataplane;

  @BeforeEach
  void open() {
    Needs.tap();
    descriptors = Needs.nativeDescriptors();
    dataplane = new Dataplane(DataplaneConfig.defaults().withPollers(EpollPoller::new));
  }

  @AfterEach
  void nothingIsLeft() {
    if (dataplane != null) {
      dataplane.devices().forEach(slot -> dataplane.close(slot.dev()));
      dataplane.memory().leaks().requireNoneInUse();
      dataplane.close();
      assertThat(Needs.nativeDescriptors()).isEqualTo(descriptors);
      assertThat(Command.ip("link show")).doesNotContain(NAME);
    }
  }

  private TapDevice device(TapConfig config) {
    TapDevice device = new TapDevice(config);
    dataplane.add(device);
    return device;
  }

  private static TapConfig config() {
    return TapConfig.of(NAME, 0x0200_0000_0001L);
  }

  private void refuses(TapDevice device, String... words) {
    assertThatThrownBy(() -> dataplane.open(device))
        .isInstanceOf(DeviceException.class)
        .hasMessageContainingAll(words);
    assertThat(device.isUp()).isFalse();
  }

  @Test
  void aNameThatAnotherProgramHasOpenSaysSoAndWorksOnceItIsFree() throws Exception {
    TapDevice device = device(config());
    try (TunFile other = TunFile.open()) {
      other.attach(NAME, TAP);
      refuses(device, NAME, "another program", "another name", "EBUSY");
    }
    dataplane.open(device);
    assertThat(device.isUp()).isTrue();
  }

  @Test
  void anInterfaceOfAnotherKindSaysSoAndIsLeftAlone() {
    TapDevice device = device(config());
    Command.ip("tuntap add dev " + NAME + " mode tun");
    try {
      refuses(device, NAME, "is no TAP", "another name", "EINVAL");
    } finally {
      Command.ip("link del " + NAME);
    }
  }

  @Test
  void anotherNumberOfQueuesThanThePersistentInterfaceHasSaysSo() {
    Command.ip("tuntap add dev " + NAME + " mode tap multi_queue");
    try {
      refuses(device(config()), NAME, "number of queues", "EINVAL");
    } finally {
      Command.ip("link del " + NAME);
    }
  }

  @Test
  void withoutTheRightToMakeItSaysWhichIsMissing() throws Exception {
    TapDevice device = device(config());
    FutureTask<Boolean> powerless =
        new FutureTask<>(() -> {
          HostCalls.dropCapabilities();
          refuses(device, NAME, "CAP_NET_ADMIN", "ip tuntap add dev " + NAME, "EPERM");
          return true;
        });
    Thread.ofPlatform().name("powerless").start(powerless);

    assertThat(powerless.get()).isTrue();
  }

  @Test
  void whereDescriptorsRunOutNothingStaysOpen() throws Exception {
    TapDevice device = device(config().withQueues(3).withIo(TapIo.URING));
    dataplane.open(device);
    dataplane.close(device);
    List<String> before = Needs.nativeDescriptors();
    int failures = 0;
    for (long limit = 3; !device.isUp(); limit++) {
      if (!opensBelow(limit, device)) {
        failures++;
      }
      if (!device.isUp()) {
        assertThat(Needs.nativeDescriptors()).isEqualTo(before);
      }
    }
    assertThat(failures).isGreaterThan(2);
  }

  private boolean opensBelow(long limit, TapDevice device) throws NativeException {
    long usual = HostCalls.limitDescriptors(limit);
    try {
      dataplane.open(device);
      return true;
    } catch (DeviceException e) {
      return false;
    } finally {
      HostCalls.limitDescriptors(usual);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,ioctl(TUNSETIFF),CAP_NET_ADMIN,ip tuntap add dev tap0 mode tap user",
    "13,open,closed to this user,chmod 0666 /dev/net/tun",
    "2,open,missing,modprobe tun",
    "16,ioctl(TUNSETIFF),another program,another name",
    "22,ioctl(TUNSETIFF),is no TAP,another name",
    "22,ioctl(TUNSETOWNER),owner or group,this user namespace",
    "22,ioctl(SIOCSIFMTU),Invalid argument,SIOCSIFMTU",
    "24,open,EMFILE,tap0",
  })
  void eachRefusalNamesTheDeviceAndWhatToDo(int errno, String call, String what, String remedy) {
    NativeException refusal = new NativeException(errno, call, "tap0");

    assertThat(TapErrors.explain("tap0", refusal))
        .startsWith("device tap0: ")
        .contains(what)
        .contains(remedy)
        .contains(Errno.name(errno));
  }

  @Test
  void aPersistentInterfaceStaysAndIsAttachedToAgain() throws Exception {
    TapDevice device = device(config().withPersistent(true));
    dataplane.open(device);
    String index = indexOf(NAME);
    dataplane.close(device);
    assertThat(indexOf(NAME)).isEqualTo(index);

    dataplane.open(device);
    assertThat(indexOf(NAME)).isEqualTo(index);
    dataplane.remove(device);

    TapDevice last = device(config());
    dataplane.open(last);
    assertThat(indexOf(NAME)).isEqualTo(index);
    dataplane.close(last);
  }

  private static String indexOf(String name) {
    String line = Command.ip("-o link show " + name);
    return line.substring(0, line.indexOf(':'));
  }

  @Test
  void ownerGroupMtuAndAddressAreSetAtTheHost() throws Exception {
    TapConfig config =
        new TapConfig(
            NAME,
            0x0200_0000_0001L,
            0x0200_0000_00aaL,
            4000,
            1,
            config().offloads(),
            true,
            false,
            0,
            0,
            TapIo.AUTO);
    TapDevice device = device(config);
    dataplane.open(device);

    assertThat(Command.ip("-d link show " + NAME))
        .contains("user root", "group root", "mtu 4000", "02:00:00:00:00:aa", "UP");
    device.setMtu(5000);
    assertThat(Command.ip("link show " + NAME)).contains("mtu 5000");
    assertThatThrownBy(() -> device.setMtu(70_000)).isInstanceOf(IllegalArgumentException.class);
  }
}
