package io.dataplane.packet.offload;

import io.dataplane.base.DropReason;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.VlanTag;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The last step before a device: brings a packet into a form that the device takes ({@code
 * validate_xmit_skb}, net/core/dev.c). What need not be done costs one test.
 */
public final class SkbValidate {

  private static final int ADDRESSES = 2 * Ethernet.ADDRESS_LENGTH;

  private SkbValidate() {}

  /**
   * Inserts the VLAN tag, segments, linearizes and completes the checksum, each only where the
   * device does not do it itself.
   *
   * @param skb data at the Ethernet header; the caller's reference passes on
   * @param features of the device, as {@link NetFeatures#fix} leaves them
   * @return the packet, or the packets linked by {@link SkBuff#next}, all of one reference; null
   *     where it was dropped, which has been counted
   */
  public static @Nullable SkBuff validateXmit(SkBuff skb, long features) {
    if ((skb.vlan() | skb.dataLen() | skb.gsoSize()) == 0
        && skb.ipSummed() != Offload.CSUM_PARTIAL
        && !skb.panicked()) {
      return skb;
    }
    DropReason reason = prepare(skb, features);
    if (reason != null) {
      skb.free(reason);
      return null;
    }
    if (!needsGso(skb, features)) {
      return skb;
    }
    SkBuff segments = SkbGso.segment(skb, features);
    if (segments == null) {
      skb.free(DropReason.NOMEM);
    }
    return segments;
  }

  /** Does all but segmentation. */
  private static @Nullable DropReason prepare(SkBuff skb, long features) {
    if (skb.panicked()) {
      return DropReason.SKB_PANIC;
    }
    if (skb.vlan() != 0 && (features & NetFeatures.HW_VLAN_CTAG_TX) == 0) {
      if (skb.len() < Ethernet.HEADER_LENGTH) {
        return DropReason.PKT_TOO_SMALL;
      }
      if (!insertVlanTag(skb)) {
        return DropReason.NOMEM;
      }
    }
    if (needsGso(skb, features) || (skb.gsoType() & Offload.GSO_DODGY) != 0) {
      if (!SkbGso.isSegmentable(skb)) {
        return DropReason.SKB_GSO_SEG;
      }
      skb.gsoType(skb.gsoType() & ~Offload.GSO_DODGY); // the headers have been verified now
    }
    return needsGso(skb, features) ? null : prepareWhole(skb, features);
  }

  private static @Nullable DropReason prepareWhole(SkBuff skb, long features) {
    if (skb.dataLen() != 0 && (features & NetFeatures.SG) == 0 && !skb.linearize()) {
      return DropReason.NOMEM;
    }
    if (skb.ipSummed() == Offload.CSUM_PARTIAL
        && (features & NetFeatures.HW_CSUM) == 0
        && !SkbChecksum.help(skb)) {
      return DropReason.SKB_CSUM;
    }
    return null;
  }

  /** {@code netif_needs_gso}. */
  private static boolean needsGso(SkBuff skb, long features) {
    return skb.isGso()
        && (!NetFeatures.isGsoOk(features, skb.gsoType() & ~Offload.GSO_DODGY)
            || (skb.ipSummed() != Offload.CSUM_PARTIAL
                && skb.ipSummed() != Offload.CSUM_UNNECESSARY));
  }

  /**
   * Puts the tag that travels beside the bytes into them, right behind the addresses ({@code
   * __vlan_hwaccel_push_inside}). A packet without one is left as it is.
   *
   * @param skb data at the Ethernet header, which is complete
   * @return false where memory is used up; the packet is as before then
   */
  public static boolean insertVlanTag(SkBuff skb) {
    int tag = skb.vlan();
    if (tag == 0) {
      return true;
    }
    if (!skb.mayPull(Ethernet.HEADER_LENGTH) || !skb.cow(VlanTag.LENGTH)) {
      return false;
    }
    MemorySegment memory = skb.memory();
    long at = skb.push(VlanTag.LENGTH);
    MemorySegment.copy(memory, at + VlanTag.LENGTH, memory, at, ADDRESSES);
    VlanTag.tag(memory, at + VlanTag.FIRST_OFFSET, tag);
    skb.macHeader(skb.data());
    skb.protocol(VlanTag.tpid(tag));
    skb.vlan(0);
    skb.metaLength(0); // what stood in front of the data has been written over
    return true;
  }
}
