package io.dataplane.daemon.demo;

import io.dataplane.base.MacAddress;
import io.dataplane.daemon.demo.MemoryFrames.Ends;
import io.dataplane.device.RxHandler;
import io.dataplane.device.VethDevice;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.runtime.Worker;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.Ipv4;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A host in memory, at the far end of a cable: it answers ARP and ICMP echo, and counts whatever
 * else it gets. Its methods run on the worker that polls the cable; others read its counters.
 */
final class MemoryHost implements RxHandler {

  private static final long UNKNOWN = 0;

  private final VethDevice cable;
  private final Worker worker;
  private final int address;
  private volatile long neighbourMac = UNKNOWN;
  private volatile long bytes;
  private final List<Long> roundTripsMicros = new ArrayList<>();

  MemoryHost(VethDevice cable, Worker worker, int address) {
    this.cable = cable;
    this.worker = worker;
    this.address = address;
  }

  VethDevice cable() {
    return cable;
  }

  Worker worker() {
    return worker;
  }

  int address() {
    return address;
  }

  /** IP bytes that came for this host, echoes left out. */
  long bytes() {
    return bytes;
  }

  /** What pings took so far. */
  List<Long> roundTripsMicros() {
    synchronized (roundTripsMicros) {
      return List.copyOf(roundTripsMicros);
    }
  }

  // ---------------------------------------------------------------- on the worker

  /** Asks for the neighbour's MAC address, or pings it once that is known. */
  void ping(MemoryHost peer, int sequence, long nowNs) {
    if (neighbourMac == UNKNOWN) {
      Ends broadcast = new Ends(cable.mac(), address, MacAddress.BROADCAST, peer.address);
      xmit(MemoryFrames.arp(worker.cpu(), MemoryFrames.ARP_REQUEST, broadcast, UNKNOWN));
    } else {
      xmit(
          MemoryFrames.echo(
              worker.cpu(), MemoryFrames.ECHO_REQUEST, to(peer.address), sequence, nowNs));
    }
  }

  /** Sends datagrams as large as the cable takes; returns how many it took. */
  int burst(MemoryHost peer, int count) {
    int sent = 0;
    while (sent < count
        && xmit(MemoryFrames.datagram(worker.cpu(), to(peer.address), cable.mtu()))) {
      sent++;
    }
    return sent;
  }

  private Ends to(int destination) {
    return new Ends(cable.mac(), address, neighbourMac, destination);
  }

  private boolean xmit(int frame) {
    if (frame == FrameSlab.NONE) {
      return false;
    }
    Cpu cpu = worker.cpu();
    boolean taken = cable.xdpXmit(frame, cpu.id());
    if (!taken) {
      cpu.frames().put(frame);
    }
    return taken;
  }

  @Override
  public boolean handle(SkBuff skb) {
    long at = skb.head() + skb.macHeader();
    switch (skb.protocol()) {
      case Ethernet.TYPE_ARP -> arp(skb.memory(), at);
      case Ethernet.TYPE_IPV4 -> ip(skb.memory(), at, skb.len());
      default -> {}
    }
    skb.consume();
    return true;
  }

  private void arp(MemorySegment memory, long at) {
    long arp = at + Ethernet.HEADER_LENGTH;
    if (MemoryFrames.readInt(memory, arp + 24) != address) {
      return; // somebody else is asked for
    }
    neighbourMac = Ethernet.source(memory, at);
    if (MemoryFrames.readShort(memory, arp + 6) == MemoryFrames.ARP_REQUEST) {
      Ends back = to(MemoryFrames.readInt(memory, arp + 14));
      xmit(MemoryFrames.arp(worker.cpu(), MemoryFrames.ARP_REPLY, back, neighbourMac));
    }
  }

  private void ip(MemorySegment memory, long at, int length) {
    long ip = at + Ethernet.HEADER_LENGTH;
    if (Ipv4.destination(memory, ip) != address) {
      return; // flooded
    }
    if (Ipv4.protocol(memory, ip) == Ipv4.PROTOCOL_ICMP) {
      echo(memory, at);
    } else {
      count(length);
    }
  }

  private void echo(MemorySegment memory, long at) {
    long timeNs = MemoryFrames.readLong(memory, at + MemoryFrames.ECHO_TIME);
    if (MemoryFrames.readByte(memory, at + MemoryFrames.ICMP) == MemoryFrames.ECHO_REQUEST) {
      int sequence = MemoryFrames.readInt(memory, at + MemoryFrames.ICMP + 4);
      Ends back = to(Ipv4.source(memory, at + Ethernet.HEADER_LENGTH));
      xmit(MemoryFrames.echo(worker.cpu(), MemoryFrames.ECHO_REPLY, back, sequence, timeNs));
    } else {
      long tookMicros = (MemoryNetwork.CLOCK.nanoTime() - timeNs) / 1_000;
      synchronized (roundTripsMicros) {
        roundTripsMicros.add(tookMicros);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the worker
  private void count(int length) {
    bytes += length;
  }
}
