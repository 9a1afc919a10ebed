package io.dataplane.drivers.tap;

import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.TxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.Interfaces;
import io.dataplane.drivers.nativeio.IoUring;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.drivers.nativeio.TunFile;
import io.dataplane.packet.offload.NetFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TAP device: an interface of the host whose frames come to us ({@code drivers/net/tun.c}). It is
 * made where there is none, or attached to where a persistent one waits.
 *
 * <p>The host may rename it or move it to another network namespace; both keep it working. Where it
 * is deleted, that is reported once, and opening it again makes it anew.
 */
public final class TapDevice extends NetDevice {

  private static final Logger LOG = LoggerFactory.getLogger(TapDevice.class);

  private static final String URING = "uring";
  private static final String SYSCALL = "syscall";

  private final TapConfig config;
  private final List<RxQueue> rx = new ArrayList<>();
  private final List<TapTxQueue> tx = new ArrayList<>();
  private final List<TunFile> files = new ArrayList<>();
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile String io = "";

  /**
   * The host's address as last seen: an interface made anew keeps it, so that neighbours find it.
   */
  private volatile long hostMac;

  /**
   * Makes a device that is down; nothing is asked of the host yet.
   *
   * @param config how it is to be made
   */
  public TapDevice(TapConfig config) {
    super(config.name(), config.mac(), config.mtu());
    this.config = config;
  }

  @Override
  protected void onBind(List<WorkerContext> workers, int firstWorker) {
    for (int q = 0; q < config.queues(); q++) {
      rx.add(new TapRxQueue(this, q, workers.get((firstWorker + q) % workers.size()).cpu()));
    }
    for (WorkerContext worker : workers) {
      tx.add(new TapTxQueue(this, worker));
    }
  }

  // ---------------------------------------------------------------- open and stop

  @Override
  protected void onOpen() throws DeviceException {
    try {
      openFiles();
      configureHost();
      attachQueues();
      lost.set(false);
    } catch (NativeException e) {
      onStop();
      throw new DeviceException(TapErrors.explain(config.name(), e), e);
    }
  }

  private void openFiles() throws NativeException {
    int flags = TunFile.IFF_TAP | TunFile.IFF_NO_PI | TunFile.IFF_VNET_HDR;
    if (config.queues() > 1) {
      flags |= TunFile.IFF_MULTI_QUEUE;
    }
    int accepted = 0;
    for (int q = 0; q < config.queues(); q++) {
      TunFile file = TunFile.open();
      files.add(file);
      file.attach(config.name(), flags);
      file.setVnetHdrSize(TapRxSlots.VNET_HDR);
      accepted = TapOffloads.set(file, config.offloads());
    }
    long gro = config.gro() ? NetFeatures.GRO : 0;
    features(NetFeatures.fix(TapOffloads.features(accepted) | gro));
  }

  private void configureHost() throws NativeException {
    TunFile first = files.get(0);
    first.setPersist(config.persistent());
    if (config.owner() >= 0) {
      first.setOwner(config.owner());
    }
    if (config.group() >= 0) {
      first.setGroup(config.group());
    }
    long wanted = config.hostMac() != 0 ? config.hostMac() : hostMac;
    if (wanted != 0) {
      first.setHardwareAddress(wanted);
    }
    hostMac = first.hardwareAddress();
    try (Interfaces interfaces = Interfaces.open()) {
      interfaces.setMtu(config.name(), mtu());
      interfaces.setFlags(config.name(), Interfaces.IFF_UP, true);
    }
  }

  private void attachQueues() throws NativeException {
    for (int q = 0; q < rx.size(); q++) {
      int fd = files.get(q).fd().number();
      ((TapRxQueue) rx.get(q)).attach(fd, ring(TapRxQueue.BATCH_MAX, fd));
    }
    for (int w = 0; w < tx.size(); w++) {
      int fd = files.get(w % files.size()).fd().number();
      IoUring ring = ring(TapTxBatch.FRAMES_MAX, fd);
      tx.get(w).attach(ring == null ? new SyscallWriter(fd) : new UringWriter(ring, fd));
    }
  }

  /** A ring for a queue, or null where it does without. */
  private @Nullable IoUring ring(int entries, int fd) throws NativeException {
    if (config.io() == TapIo.SYSCALL) {
      io = SYSCALL;
      return null;
    }
    try {
      IoUring ring = IoUring.open(entries, fd);
      io = URING;
      return ring;
    } catch (NativeException e) {
      if (config.io() == TapIo.URING) {
        throw e;
      }
      if (!SYSCALL.equals(io)) {
        LOG.info("device {}: {}; using a system call a frame instead", name(), e.getMessage());
      }
      io = SYSCALL;
      return null;
    }
  }

  @Override
  protected void onStop() {
    rx.forEach(q -> ((TapRxQueue) q).detach());
    tx.forEach(TapTxQueue::detach);
    closeFiles();
  }

  private void closeFiles() {
    files.forEach(TunFile::close);
    files.clear();
  }

  // ---------------------------------------------------------------- what the host does

  /** A read or write said that the device is gone. Any worker; told on once. */
  void lost(int errno) {
    if (lost.compareAndSet(false, true)) {
      failed(
          errno == Errno.EBADFD
              ? "the host's interface was deleted"
              : "the host's interface failed with " + Errno.name(errno));
    }
  }

  @Override
  protected void onSetMac(long mac) {}

  @Override
  protected void onSetMtu(int mtu) throws DeviceException {
    if (!isUp()) {
      return; // taken when it opens
    }
    try (Interfaces interfaces = Interfaces.open()) {
      interfaces.setMtu(files.get(0).info().name(), mtu);
    } catch (NativeException e) {
      throw new DeviceException(TapErrors.explain(name(), e), e);
    }
  }

  /**
   * Takes over what the host changed: deletion, name, MTU. The MTU is seen only in our own network
   * namespace.
   */
  @Override
  protected void onRefresh() {
    if (files.isEmpty()) {
      return;
    }
    try {
      String now = files.get(0).info().name();
      renamed(now);
      hostMac = files.get(0).hardwareAddress();
      if (files.get(0).isInOwnNamespace()) {
        try (Interfaces interfaces = Interfaces.open()) {
          observeMtu(interfaces.mtu(now));
          carrier((interfaces.flags(now) & Interfaces.IFF_UP) != 0);
        }
      }
    } catch (NativeException e) {
      if (e.errno() == Errno.EBADFD) {
        lost(e.errno());
      }
    }
  }

  @Override
  public List<RxQueue> rxQueues() {
    return List.copyOf(rx);
  }

  @Override
  public TxQueue txQueue(int cpu) {
    return tx.get(cpu);
  }

  @Override
  public int txQueueCount() {
    return tx.size();
  }

  @Override
  public String driver() {
    return "tap";
  }

  @Override
  public String detail() {
    return io;
  }
}
