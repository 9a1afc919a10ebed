package io.dataplane.daemon.metrics;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import io.dataplane.device.NetDevice;
import io.dataplane.device.QueueStats;
import io.dataplane.device.RxQueue;
import io.dataplane.hook.XdpVerdict;
import io.dataplane.napi.Napi;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DeviceSlot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one device. */
final class DeviceMeters {

  private static final String RECEIVE = "receive";
  private static final String TRANSMIT = "transmit";

  private final MeterGroup group;
  private final NetDevice dev;

  private DeviceMeters(MeterGroup group, NetDevice dev) {
    this.group = group;
    this.dev = dev;
  }

  static MeterGroup of(Dataplane dataplane, DeviceSlot slot, MeterRegistry registry) {
    NetDevice dev = slot.dev();
    MeterGroup group = new MeterGroup(registry, Tags.of("device", dev.name()));
    DeviceMeters meters = new DeviceMeters(group, dev);
    meters.state();
    dev.rxQueues().forEach(meters::rxQueue);
    for (int worker = 0; worker < dev.txQueueCount(); worker++) {
      meters.queue(TRANSMIT, worker, dev.txQueue(worker).stats());
    }
    slot.napis().forEach(meters::napi);
    meters.xdp();
    drops(group, dataplane, dev.ifindex());
    return group;
  }

  private void state() {
    group.gauge(
        "dataplane.device.up", "1 while the device is open, else 0.", () -> dev.isUp() ? 1 : 0);
    group.gauge(
        "dataplane.device.carrier",
        "1 while the device's link is there, else 0.",
        () -> dev.hasCarrier() ? 1 : 0);
    group.gauge("dataplane.device.mtu.bytes", "Largest IP packet of the device.", dev::mtu);
    group.gauge(
        "dataplane.device.info",
        "Always 1; the labels tell what the device is.",
        () -> 1,
        "driver",
        dev.driver(),
        "mac",
        MacAddress.format(dev.mac()));
  }

  private void rxQueue(RxQueue queue) {
    queue(RECEIVE, queue.index(), queue.stats());
    group.gauge(
        "dataplane.device.backlog.frames",
        "Frames waiting to be polled, where the driver can tell.",
        queue::backlog,
        "queue",
        Integer.toString(queue.index()));
  }

  private void queue(String direction, int number, QueueStats stats) {
    String[] tags = {"direction", direction, "queue", Integer.toString(number)};
    group.counter(
        "dataplane.device.frames", "Frames received or transmitted.", stats.packets()::get, tags);
    group.bytes(
        "dataplane.device",
        "Bytes received or transmitted, link header included.",
        stats.bytes()::get,
        tags);
    group.counter(
        "dataplane.device.errors",
        "Frames received malformed, or refused by the host on transmission.",
        stats.errors()::get,
        tags);
    group.counter(
        "dataplane.device.queue.drops",
        "Frames dropped for want of room in the queue.",
        stats.drops()::get,
        tags);
  }

  private void napi(Napi napi) {
    String[] tags = {"queue", Integer.toString(napi.queue().index())};
    group.counter(
        "dataplane.napi.polls", "Polls of the receive queue.", napi.stats().polls()::get, tags);
    group.counter(
        "dataplane.napi.frames",
        "Frames taken in polls of the receive queue.",
        napi.stats().frames()::get,
        tags);
    group.counter(
        "dataplane.napi.budget.exhausted",
        "Polls that took all the frames they were allowed.",
        napi.stats().budgetExhausted()::get,
        tags);
    group.counter(
        "dataplane.napi.completions",
        "Polls that emptied the receive queue and re-armed it.",
        napi.stats().completions()::get,
        tags);
  }

  private void xdp() {
    for (int i = 0; i < XdpVerdict.COUNT; i++) {
      int verdict = i;
      group.counter(
          "dataplane.xdp.verdicts",
          "Verdicts of the device's XDP program.",
          () -> dev.rxQueues().stream().mapToLong(q -> q.xdpStats().verdict(verdict).get()).sum(),
          "verdict",
          XdpVerdict.name(verdict));
    }
  }

  /** Drops charged to a device, or to none where {@code ifindex} is 0. */
  static void drops(MeterGroup group, Dataplane dataplane, int ifindex) {
    for (DropReason reason : DropReason.values()) {
      group.counter(
          "dataplane.drops",
          "Packets given up, by reason.",
          () ->
              dataplane.workers().stream()
                  .mapToLong(w -> w.cpu().drops().get(ifindex, reason))
                  .sum(),
          "reason",
          reason.label());
    }
  }
}
