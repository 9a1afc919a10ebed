package io.dataplane.daemon.cli;

import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.Requests;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataplane device [NAME]}. */
@Command(
    name = "device",
    description = {
      "Show devices with their queues, offloads and counters, and why packets were dropped.",
      "Counters count from the daemon's start."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  dataplane device",
      "  dataplane device dp0",
      "  dataplane device dp0 --json | jq '.[0].drops'",
      "",
      "See also: dataplane status, dataplane worker; `ip -s link show dp0` for the kernel's side"
    })
final class DeviceCommand implements Callable<Integer> {

  private final CliContext context;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this device.")
  private @Nullable String name;

  @Mixin private final ClientOptions options = new ClientOptions();

  DeviceCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> args = name == null ? Map.of() : Map.of(Requests.NAME, name);
    return new DaemonQuery(context, options)
        .askList(Requests.DEVICES, args, DeviceView.class, DeviceText::render);
  }
}
