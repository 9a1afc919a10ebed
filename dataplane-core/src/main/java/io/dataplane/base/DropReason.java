package io.dataplane.base;

import java.util.Locale;

/**
 * Why a packet went no further; the names are those of the kernel's {@code enum skb_drop_reason}
 * where it has one. Metrics and listings show {@link #label()}.
 */
public enum DropReason {
  /** No better reason is known. */
  NOT_SPECIFIED("no reason was given"),
  /** No frame or SkBuff was free. */
  NOMEM("the frame or SkBuff pool was empty"),
  /** Shorter than an Ethernet header. */
  PKT_TOO_SMALL("shorter than its headers"),
  /** Longer than the egress device takes. */
  PKT_TOO_BIG("longer than the MTU of the device it should leave by"),
  /** The virtio-net header lies about the frame. */
  DEV_HDR("malformed virtio-net header"),
  /** The device is down. */
  DEV_READY("the device is down"),
  /** The transmit ring was full. */
  FULL_RING("the transmit ring was full"),
  /** The host refused the frame. */
  TX_ERROR("the host refused the frame"),
  /** The frame arrived with a receive error. */
  RX_ERROR("the host reported a receive error"),
  /** A checksum did not match. */
  SKB_CSUM("a checksum could not be verified or completed"),
  /** Segmentation failed. */
  SKB_GSO_SEG("a GSO packet could not be segmented"),
  /** Buffer arithmetic went out of bounds; a defect of ours, counted and survived. */
  SKB_PANIC("an SkBuff operation went out of bounds"),
  /** The XDP program said DROP. */
  XDP("the XDP program dropped it"),
  /** The XDP program failed or returned no verdict. */
  XDP_ABORTED("the XDP program aborted"),
  /** A REDIRECT had no target that took the frame. */
  XDP_REDIRECT("XDP redirect had no target that took it"),
  /** Source address is a group address or zero. */
  MAC_INVALID_SOURCE("the source MAC address is a group address or zero"),
  /** Destination was a link-local group address, which a bridge does not forward. */
  BRIDGE_LINK_LOCAL("link-local group address, not forwarded by bridges (802.1D)"),
  /** No other port to send it to. */
  BRIDGE_NO_EGRESS_PORT("no port to forward it to"),
  /** The bridge port is not in forwarding state. */
  BRIDGE_INGRESS_STP_STATE("the bridge port is not forwarding"),
  /** No handler for this protocol. */
  UNHANDLED_PROTO("no handler takes this protocol"),
  /** The device was removed or stopped while the frame waited. */
  DEV_GONE("the device stopped while the frame was queued"),
  /** A test's fault injector took it. */
  FAULT_INJECTED("the fault injector dropped it");

  private static final DropReason[] VALUES = values();

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /**
   * The number of reasons.
   *
   * @return how many constants there are
   */
  public static int count() {
    return VALUES.length;
  }

  /**
   * The name for metrics and listings.
   *
   * @return lower case with underscores
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * One clause for people.
   *
   * @return what happened
   */
  public String text() {
    return text;
  }
}
