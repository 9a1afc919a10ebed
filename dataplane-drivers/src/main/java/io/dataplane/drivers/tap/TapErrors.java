package io.dataplane.drivers.tap;

import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.NativeException;

/** What to do about the host's refusals. */
final class TapErrors {

  private TapErrors() {}

  static String explain(String device, NativeException e) {
    String remedy =
        switch (e.errno()) {
          case Errno.EPERM ->
              "needs CAP_NET_ADMIN in this network namespace, or an interface that was made for"
                  + " this user (ip tuntap add dev "
                  + device
                  + " mode tap user NAME)";
          case Errno.EACCES ->
              "/dev/net/tun is closed to this user: run as root, or open it with chmod 0666"
                  + " /dev/net/tun";
          case Errno.ENOENT -> "/dev/net/tun is missing: load the driver with modprobe tun";
          case Errno.EBUSY ->
              "another program has the interface open; stop it, or give the device another name";
          case Errno.EINVAL -> invalid(e);
          default -> e.getMessage();
        };
    return "device "
        + device
        + ": "
        + remedy
        + " ["
        + e.call()
        + ": "
        + Errno.name(e.errno())
        + "]";
  }

  private static String invalid(NativeException e) {
    if (e.call().contains("TUNSETIFF")) {
      return "an interface of that name exists and is no TAP, or has another number of queues;"
          + " remove it or give the device another name";
    }
    if (e.call().contains("TUNSETOWNER") || e.call().contains("TUNSETGROUP")) {
      return "its owner or group is not known in this user namespace; give it another, or none";
    }
    return String.valueOf(e.getMessage());
  }
}
