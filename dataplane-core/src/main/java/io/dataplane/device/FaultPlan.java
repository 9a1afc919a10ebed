package io.dataplane.device;

/**
 * How often which {@link Fault} happens to the frames of one direction. Immutable.
 *
 * <pre>{@code
 * FaultPlan lossy = FaultPlan.none().with(Fault.LOSS, 0.01).with(Fault.REORDER, 0.05);
 * }</pre>
 */
public final class FaultPlan {

  /** How long a delayed frame waits unless set. */
  public static final long DELAY_DEFAULT_NS = 1_000_000;

  private static final FaultPlan NONE = new FaultPlan(new double[Fault.count()], DELAY_DEFAULT_NS);

  private final double[] probability;
  private final long delayNs;
  private final boolean none;

  private FaultPlan(double[] probability, long delayNs) {
    this.probability = probability;
    this.delayNs = delayNs;
    boolean zero = true;
    for (double p : probability) {
      zero &= p == 0;
    }
    this.none = zero;
  }

  /**
   * A plan by which nothing happens.
   *
   * @return the plan to start from
   */
  public static FaultPlan none() {
    return NONE;
  }

  /**
   * The same with another probability of one fault.
   *
   * @param fault which
   * @param p how likely it happens to a frame, 0 .. 1
   * @return a copy
   */
  public FaultPlan with(Fault fault, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(fault + " with probability " + p + " (0..1)");
    }
    double[] copy = probability.clone();
    copy[fault.ordinal()] = p;
    return new FaultPlan(copy, delayNs);
  }

  /**
   * The same with another delay.
   *
   * @param newDelayNs nanoseconds that a delayed frame waits at least, 0 or more
   * @return a copy
   */
  public FaultPlan withDelayNs(long newDelayNs) {
    if (newDelayNs < 0) {
      throw new IllegalArgumentException("delay of " + newDelayNs + " ns");
    }
    return new FaultPlan(probability, newDelayNs);
  }

  /**
   * How likely a fault is.
   *
   * @param fault which
   * @return 0 .. 1
   */
  public double probability(Fault fault) {
    return probability[fault.ordinal()];
  }

  /**
   * How long a delayed frame waits.
   *
   * @return nanoseconds at least
   */
  public long delayNs() {
    return delayNs;
  }

  boolean isNone() {
    return none;
  }
}
