package io.dataplane.daemon.config;

import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a configuration file: either settings that can be run, or everything that is wrong with
 * them.
 */
public final class ConfigLoader {

  private final Map<String, String> environment;

  /**
   * A loader that takes the defaults of paths from an environment.
   *
   * @param environment the process's environment, {@link System#getenv()}
   */
  public ConfigLoader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads and checks a file.
   *
   * @param file the YAML file, as the user named it; problems repeat this name
   * @return the settings, and what to warn of
   * @throws ConfigException if the daemon cannot run with this file; carries every problem found
   */
  public LoadedConfig load(Path file) throws ConfigException {
    Problems problems = new Problems(file.toString());
    ConfigSource source = new ConfigSource(file, problems);
    Node root = source.read().flatMap(source::compose).orElse(null);
    if (root == null) {
      throw new ConfigException(problems.sorted());
    }
    DaemonConfig config = read(root, problems);
    if (problems.hasErrors()) {
      throw new ConfigException(problems.sorted());
    }
    return new LoadedConfig(config, problems.sorted());
  }

  private DaemonConfig read(Node root, Problems problems) throws ConfigException {
    Value file = new Value(root, "", problems);
    if (!(root instanceof MappingNode)) {
      file.error("a configuration file holds keys and values", "start from config/dataplane.yaml");
      throw new ConfigException(problems.sorted());
    }
    return new RootSection(environment).read(file);
  }
}
