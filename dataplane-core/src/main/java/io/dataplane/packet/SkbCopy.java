package io.dataplane.packet;

import io.dataplane.memory.FrameSlab;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The operations of {@link SkBuff} that move bytes (net/core/skbuff.c). */
final class SkbCopy {

  private SkbCopy() {}

  static boolean copyBits(SkBuff skb, int offset, MemorySegment to, long toOffset, int n) {
    return walk(skb, offset, to, toOffset, n, false);
  }

  static boolean storeBits(SkBuff skb, int offset, MemorySegment from, long fromOffset, int n) {
    return walk(skb, offset, from, fromOffset, n, true);
  }

  private static boolean walk(
      SkBuff skb, int offset, MemorySegment other, long otherOffset, int n, boolean store) {
    if (offset < 0 || n < 0 || n > skb.len() - offset) {
      return false;
    }
    int from = offset;
    int left = n;
    long at = otherOffset;
    int headlen = skb.headlen();
    if (from < headlen) {
      int m = Math.min(left, headlen - from);
      move(skb, skb.position() + from, other, at, m, store);
      at += m;
      left -= m;
      from = 0;
    } else {
      from -= headlen;
    }
    for (int i = 0; left > 0; i++) {
      int length = skb.fragLength(i);
      if (from < length) {
        int m = Math.min(left, length - from);
        move(
            skb,
            FrameSlab.offsetOf(skb.fragFrame(i)) + skb.fragOffset(i) + from,
            other,
            at,
            m,
            store);
        at += m;
        left -= m;
        from = 0;
      } else {
        from -= length;
      }
    }
    return true;
  }

  private static void move(
      SkBuff skb, long position, MemorySegment other, long at, int n, boolean store) {
    if (store) {
      MemorySegment.copy(other, at, skb.memory(), position, n);
    } else {
      MemorySegment.copy(skb.memory(), position, other, at, n);
    }
  }

  /**
   * {@code __pskb_pull_tail}: moves bytes from the fragments into the linear part until it has
   * {@code n}.
   */
  static boolean pullTail(SkBuff skb, int n) {
    if (n > skb.len()) {
      return false;
    }
    int delta = n - skb.headlen();
    int room = skb.end() - skb.tail();
    if ((delta > room || skb.isCloned()) && !replaceHead(skb, 0, delta)) {
      return false;
    }
    copyBits(skb, skb.headlen(), skb.memory(), skb.head() + skb.tail(), delta);
    skb.eatFrags(delta);
    return true;
  }

  /**
   * {@code pskb_expand_head}: a private head buffer with more room; what does not fit a frame gets
   * a block.
   */
  static boolean expandHead(SkBuff skb, int nhead, int ntail) {
    return nhead >= 0
        && ntail >= 0
        && replaceHead(skb, nhead, ntail == 0 ? 0 : skb.end() - skb.tail() + (long) ntail);
  }

  private static boolean replaceHead(SkBuff skb, int nhead, long tailroom) {
    int headlen = skb.headlen();
    long needed = (long) skb.data() + nhead + headlen + tailroom;
    if (needed > FrameSlab.BLOCK_SIZE) {
      return false;
    }
    int data = skb.data() + nhead;
    int frame =
        needed <= FrameSlab.FRAME_SIZE
            ? skb.cpu().frames().alloc()
            : skb.cpu().frames().allocBlock();
    if (frame == FrameSlab.NONE) {
      return false;
    }
    int meta = Math.min(skb.metaLength(), skb.data());
    MemorySegment.copy(
        skb.memory(),
        skb.position() - meta,
        skb.memory(),
        FrameSlab.offsetOf(frame) + data - meta,
        (long) headlen + meta);
    skb.replaceHead(frame, data, data + headlen);
    return true;
  }

  /** {@code skb_copy}: as much as a frame takes is linear, what is more lies in blocks. */
  static @Nullable SkBuff copy(SkBuff skb) {
    int meta = Math.min(skb.metaLength(), skb.data());
    int data = Math.min(skb.data(), Math.max(FrameSlab.HEADROOM, meta));
    SkBuff n = skb.cpu().skbs().alloc(FrameSlab.FRAME_SIZE);
    if (n == null) {
      return null;
    }
    n.reserve(data);
    int linear = Math.min(skb.len(), n.tailroom());
    long at = n.put(linear);
    MemorySegment.copy(skb.memory(), skb.position() - meta, skb.memory(), at - meta, meta);
    copyBits(skb, 0, skb.memory(), at, linear);
    for (int done = linear; done < skb.len(); ) {
      int m = Math.min(skb.len() - done, FrameSlab.BLOCK_SIZE);
      int block = skb.cpu().frames().allocBlock();
      if (block == FrameSlab.NONE) {
        n.consume();
        return null;
      }
      copyBits(skb, done, skb.memory(), FrameSlab.offsetOf(block), m);
      n.addFrag(block, 0, m);
      done += m;
    }
    n.copyHeader(skb);
    n.shiftHeaders(data - skb.data());
    return n;
  }
}
