package io.dataplane.daemon.run;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.DeviceView.RxQueueView;
import io.dataplane.daemon.view.DeviceView.TxQueueView;
import io.dataplane.device.NetDevice;
import io.dataplane.device.QueueStats;
import io.dataplane.device.RxQueue;
import io.dataplane.hook.XdpVerdict;
import io.dataplane.link.bridge.BridgePort;
import io.dataplane.napi.Napi;
import io.dataplane.packet.offload.NetFeatures;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DeviceSlot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a device's counters into what listings show. Reads only; any thread. */
final class DeviceViews {

  /** In the words of the configuration file. */
  private static final SequencedMap<String, Long> OFFLOADS = new LinkedHashMap<>();

  static {
    OFFLOADS.put("checksum", NetFeatures.HW_CSUM);
    OFFLOADS.put("tso4", NetFeatures.TSO);
    OFFLOADS.put("tso6", NetFeatures.TSO6);
    OFFLOADS.put("uso", NetFeatures.GSO_UDP_L4);
    OFFLOADS.put("gro", NetFeatures.GRO);
  }

  private DeviceViews() {}

  static DeviceView of(DeviceSlot slot, Dataplane dataplane) {
    NetDevice dev = slot.dev();
    return new DeviceView(
        dev.name(),
        dev.ifindex(),
        dev.driver(),
        dev.detail(),
        state(dev),
        MacAddress.format(dev.mac()),
        dev.mtu(),
        dev.rxHandler() instanceof BridgePort port ? bridgeOf(port, dataplane) : null,
        OFFLOADS.keySet().stream().filter(name -> has(dev, name)).toList(),
        dev.rxQueues().stream().map(queue -> rxQueue(queue, slot.napis())).toList(),
        IntStream.range(0, dev.txQueueCount()).mapToObj(worker -> txQueue(dev, worker)).toList(),
        drops(dev, dataplane),
        verdicts(dev));
  }

  private static String state(NetDevice dev) {
    if (!dev.isUp()) {
      return "down";
    }
    return dev.hasCarrier() ? "up" : "no-carrier";
  }

  private static boolean has(NetDevice dev, String offload) {
    return (dev.features() & OFFLOADS.getOrDefault(offload, 0L)) != 0;
  }

  private static @Nullable String bridgeOf(BridgePort port, Dataplane dataplane) {
    return dataplane.bridges().stream()
        .filter(bridge -> bridge.portList().contains(port))
        .map(bridge -> bridge.name())
        .findFirst()
        .orElse(null);
  }

  private static RxQueueView rxQueue(RxQueue queue, List<Napi> napis) {
    QueueStats stats = queue.stats();
    // A device that has never been open has queues, but no pollers yet.
    List<Napi> poller = napis.stream().filter(napi -> napi.queue() == queue).toList();
    return new RxQueueView(
        queue.index(),
        queue.cpu().id(),
        stats.packets().get(),
        stats.bytes().get(),
        stats.errors().get(),
        stats.drops().get(),
        queue.backlog(),
        poller.stream().mapToLong(napi -> napi.stats().polls().get()).sum(),
        poller.stream().mapToLong(napi -> napi.stats().budgetExhausted().get()).sum());
  }

  private static TxQueueView txQueue(NetDevice dev, int worker) {
    QueueStats stats = dev.txQueue(worker).stats();
    return new TxQueueView(
        worker,
        stats.packets().get(),
        stats.bytes().get(),
        stats.errors().get(),
        stats.drops().get());
  }

  private static Map<String, Long> drops(NetDevice dev, Dataplane dataplane) {
    Map<String, Long> drops = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      long count =
          dataplane.workers().stream()
              .mapToLong(worker -> worker.cpu().drops().get(dev.ifindex(), reason))
              .sum();
      if (count != 0) {
        drops.put(reason.label(), count);
      }
    }
    return drops;
  }

  private static Map<String, Long> verdicts(NetDevice dev) {
    Map<String, Long> verdicts = new LinkedHashMap<>();
    for (int i = 0; i < XdpVerdict.COUNT; i++) {
      int verdict = i;
      long count =
          dev.rxQueues().stream().mapToLong(q -> q.xdpStats().verdict(verdict).get()).sum();
      if (count != 0) {
        verdicts.put(XdpVerdict.name(verdict), count);
      }
    }
    return verdicts;
  }
}
