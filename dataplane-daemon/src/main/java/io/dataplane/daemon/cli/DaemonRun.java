package io.dataplane.daemon.cli;

import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.run.Daemon;
import io.dataplane.daemon.run.DaemonOptions;
import io.dataplane.daemon.run.Logging;
import io.dataplane.daemon.run.ServiceManager;
import io.dataplane.daemon.run.Signals;
import io.dataplane.daemon.run.TapDevices;
import io.dataplane.device.DeviceException;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.NativeException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code dataplane run} does. */
final class DaemonRun {

  private final CliContext context;

  DaemonRun(CliContext context) {
    this.context = context;
  }

  int run(@Nullable Path named) throws CliException, InterruptedException {
    Path file = named != null ? named : DefaultConfig.find();
    DaemonConfig config = new ConfigCheck(context).load(file);
    Logging.configure(config.log());
    // Taken before anything is made, so that whatever is made is removed again.
    Signals signals = Signals.take();
    ServiceManager manager = new ServiceManager(context.environment());
    try (Daemon _ = start(config, file)) {
      if (!signals.isAsked()) {
        context.terminal().out().println("ready");
        manager.ready();
        signals.await();
      }
      manager.stopping();
    }
    return ExitStatus.DONE;
  }

  private static Daemon start(DaemonConfig config, Path file) throws CliException {
    DaemonOptions options = new DaemonOptions(Version.current(), file.toString());
    try {
      return Daemon.start(config, options, new TapDevices());
    } catch (DeviceException e) {
      throw CliException.failed(e.getMessage() + alternative(e));
    } catch (IOException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Who lacks the rights to make an interface can still see the daemon at work. */
  private static String alternative(DeviceException e) {
    boolean lacksRights =
        e.getCause() instanceof NativeException refused
            && (refused.errno() == Errno.EPERM || refused.errno() == Errno.EACCES);
    return lacksRights ? "\nWithout any rights, `dataplane demo` shows the daemon at work." : "";
  }
}
