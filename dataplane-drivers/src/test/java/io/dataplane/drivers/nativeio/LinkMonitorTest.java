package io.dataplane.drivers.nativeio;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.drivers.Command;
import io.dataplane.drivers.Namespace;
import io.dataplane.drivers.Needs;
import io.dataplane.drivers.nativeio.LinkEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkMonitorTest {

  private static final int TAP = TunFile.IFF_TAP | TunFile.IFF_NO_PI;

  private LinkMonitor monitor;
  private TunFile tun;
  private String name;
  private int index;

  @BeforeEach
  void open() throws NativeException {
    Needs.tap();
    monitor = LinkMonitor.open();
    tun = TunFile.open();
    name = tun.attach("dpm%d", TAP);
    try (Interfaces interfaces = Interfaces.open()) {
      index = interfaces.index(name);
    }
  }

  @AfterEach
  void close() {
    if (monitor != null) {
      monitor.close();
      tun.close();
    }
  }

  /** What was told of this test's device. The kernel tells before the command is done. */
  private List<LinkEvent> events() throws NativeException {
    List<LinkEvent> events = new ArrayList<>();
    monitor.poll(e -> {
      if (e.index() == index) {
        events.add(e);
      }
    });
    return events;
  }

  private LinkEvent last() throws NativeException {
    List<LinkEvent> events = events();
    assertThat(events).isNotEmpty();
    return events.getLast();
  }

  @Test
  void tellsOfANewDevice() throws Exception {
    LinkEvent event = last();

    assertThat(event.kind()).isEqualTo(Kind.CHANGED);
    assertThat(event.name()).isEqualTo(name);
    assertThat(event.mtu()).isEqualTo(1500);
    assertThat(event.mac()).isEqualTo(tun.hardwareAddress());
    assertThat(event.isUp()).isFalse();
    assertThat(event.hasCarrier()).isFalse();
    assertThat(events()).isEmpty();
  }

  @Test
  void tellsOfChanges() throws Exception {
    Command.ip("link set " + name + " mtu 9000");
    assertThat(last().mtu()).isEqualTo(9000);
    Command.ip("link set " + name + " address 02:00:00:00:00:55");
    assertThat(last().mac()).isEqualTo(0x0200_0000_0055L);
    tun.setCarrier(false); // or the host would greet the link
    Command.ip("link set " + name + " up");
    LinkEvent up = last();
    assertThat(up.isUp()).isTrue();
    assertThat(up.hasCarrier()).isFalse();
    Command.ip("link set " + name + " down");
    assertThat(last().isUp()).isFalse();
    Command.ip("link set " + name + " name " + name + "r");
    assertThat(last().name()).isEqualTo(name + "r");
  }

  @Test
  void tellsDeletedFromMoved() throws Exception {
    try (Namespace namespace = Namespace.named(name)) {
      namespace.take(name);
      assertThat(last().kind()).isEqualTo(Kind.MOVED);
      namespace.ip("link set " + name + " netns " + ProcessHandle.current().pid());
      assertThat(last().kind()).isEqualTo(Kind.CHANGED);
    }
    Command.ip("link del " + name);

    assertThat(last().kind()).isEqualTo(Kind.DELETED);
  }

  @Test
  void saysWhenMessagesWereLost() throws Exception {
    try (Interfaces interfaces = Interfaces.open()) {
      // Each change is a message of more than a kilobyte; the socket holds some 200 KiB.
      for (int i = 0; i < 1000; i++) {
        interfaces.setMtu(name, 1000 + i);
      }
    }
    List<Kind> kinds = new ArrayList<>();
    monitor.poll(e -> kinds.add(e.kind()));

    assertThat(kinds).contains(Kind.LOST);
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    long before = Needs.openDescriptors();

    LinkMonitor.open().close();

    assertThat(Needs.openDescriptors()).isEqualTo(before);
  }
}
