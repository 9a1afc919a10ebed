package io.dataplane.drivers.tap;

import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.drivers.nativeio.TunFile;
import io.dataplane.packet.offload.NetFeatures;
import java.util.Set;

/** Between our names for offloads, the bits of TUNSETOFFLOAD, and {@link NetFeatures}. */
final class TapOffloads {

  private static final int USO = TunFile.TUN_F_USO4 | TunFile.TUN_F_USO6;

  private TapOffloads() {}

  /** Tells the host which forms we take; without USO where the kernel is older than 6.2. */
  static int set(TunFile file, Set<TapOffload> wanted) throws NativeException {
    int bits = bits(wanted);
    try {
      file.setOffload(bits);
      return bits;
    } catch (NativeException e) {
      if (e.errno() != Errno.EINVAL || (bits & USO) == 0) {
        throw e;
      }
      file.setOffload(bits & ~USO);
      return bits & ~USO;
    }
  }

  private static int bits(Set<TapOffload> wanted) {
    int bits = 0;
    for (TapOffload offload : wanted) {
      bits |=
          switch (offload) {
            case CHECKSUM -> TunFile.TUN_F_CSUM;
            case TSO4 -> TunFile.TUN_F_TSO4 | TunFile.TUN_F_TSO_ECN;
            case TSO6 -> TunFile.TUN_F_TSO6 | TunFile.TUN_F_TSO_ECN;
            case USO -> USO;
          };
    }
    return bits;
  }

  /** Which forms we may hand to the host: the same ones. */
  static long features(int bits) {
    long features = NetFeatures.SG;
    if ((bits & TunFile.TUN_F_CSUM) != 0) {
      features |= NetFeatures.HW_CSUM | NetFeatures.RXCSUM;
    }
    if ((bits & TunFile.TUN_F_TSO4) != 0) {
      features |= NetFeatures.TSO | NetFeatures.TSO_ECN;
    }
    if ((bits & TunFile.TUN_F_TSO6) != 0) {
      features |= NetFeatures.TSO6 | NetFeatures.TSO_ECN;
    }
    if ((bits & USO) != 0) {
      features |= NetFeatures.GSO_UDP_L4;
    }
    return features;
  }
}
