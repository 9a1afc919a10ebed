package io.dataplane.packet.offload;

public final class NetFeatures {
  private NetFeatures() {}

  public static final long SG = 1,
      HW_CSUM = 2,
      TSO = 4,
      TSO6 = 8,
      TSO_ECN = 16,
      GSO_UDP_L4 = 32,
      RXCSUM = 64,
      GRO = 128;
}
