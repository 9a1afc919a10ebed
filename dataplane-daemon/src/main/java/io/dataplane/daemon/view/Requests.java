package io.dataplane.daemon.view;

/** Names of the requests that a daemon answers, and of their arguments. */
public final class Requests {

  /** Answered with a {@link StatusView}. */
  public static final String STATUS = "status";

  /** Answered with a list of {@link DeviceView}; of one with {@link #NAME}. */
  public static final String DEVICES = "devices";

  /** Answered with a list of {@link WorkerView}. */
  public static final String WORKERS = "workers";

  /** Answered with a list of {@link BridgeView}; of one with {@link #NAME}. */
  public static final String BRIDGES = "bridges";

  /** Answered with a list of {@link FdbEntryView}; of one bridge with {@link #NAME}. */
  public static final String BRIDGE_FDB = "bridge.fdb";

  /** The device or bridge that is asked about. */
  public static final String NAME = "name";

  private Requests() {}
}
