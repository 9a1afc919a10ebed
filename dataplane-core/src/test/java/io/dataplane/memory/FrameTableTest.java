package io.dataplane.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameTableTest {

  @Test
  void eachFieldIsAWordOfItsOwn() {
    try (FrameSlab slab = new FrameSlab(64, 1)) {
      FrameTable t = slab.table();
      for (int f : new int[] {0, 1, 63, 64, 95}) {
        t.offset(f, 1 + f);
        t.length(f, 1000 + f);
        t.next(f, 2000 + f);
        t.refs(f, 3000 + f);
        t.metaLength(f, 4000 + f);
        t.vlan(f, 0x8100_0000 + f);
        t.offload(f, 0x1234_5678_9abc_0000L + f);
        t.hash(f, 5000 + f);
        t.rxDevice(f, 6000 + f);
        t.rxQueue(f, 7000 + f);
        t.home(f, 8000 + f);
        t.tstampNs(f, 0x7fff_0000_0000_0000L + f);
      }
      for (int f : new int[] {0, 1, 63, 64, 95}) {
        assertThat(t.offset(f)).isEqualTo(1 + f);
        assertThat(t.length(f)).isEqualTo(1000 + f);
        assertThat(t.next(f)).isEqualTo(2000 + f);
        assertThat(t.refs(f)).isEqualTo(3000 + f);
        assertThat(t.metaLength(f)).isEqualTo(4000 + f);
        assertThat(t.vlan(f)).isEqualTo(0x8100_0000 + f);
        assertThat(t.offload(f)).isEqualTo(0x1234_5678_9abc_0000L + f);
        assertThat(t.hash(f)).isEqualTo(5000 + f);
        assertThat(t.rxDevice(f)).isEqualTo(6000 + f);
        assertThat(t.rxQueue(f)).isEqualTo(7000 + f);
        assertThat(t.home(f)).isEqualTo(8000 + f);
        assertThat(t.tstampNs(f)).isEqualTo(0x7fff_0000_0000_0000L + f);
      }
    }
  }

  @Test
  void resetLeavesAPlainFrameAndItsOwner() {
    try (FrameSlab slab = new FrameSlab(64, 0)) {
      FrameTable t = slab.table();
      t.home(5, 3);
      t.refs(5, 2);
      t.next(5, 6);
      t.vlan(5, 1);
      t.offload(5, 1);
      t.hash(5, 1);
      t.metaLength(5, 1);
      t.tstampNs(5, 1);
      assertThat(t.isPlain(5)).isFalse();
      t.reset(5, 256, 60);
      assertThat(t.isPlain(5)).isTrue();
      assertThat(t.offset(5)).isEqualTo(256);
      assertThat(t.length(5)).isEqualTo(60);
      assertThat(t.next(5)).isEqualTo(FrameSlab.NONE);
      assertThat(t.hash(5)).isZero();
      assertThat(t.tstampNs(5)).isZero();
      assertThat(t.home(5)).as("not the frame's journey").isEqualTo(3);
      assertThat(t.refs(5)).isEqualTo(2);
      for (int field = 0; field < 3; field++) {
        t.reset(5, 0, 0);
        t.vlan(5, field == 0 ? 1 : 0);
        t.metaLength(5, field == 1 ? 1 : 0);
        t.offload(5, field == 2 ? 1 : 0);
        assertThat(t.isPlain(5)).as("field %d", field).isFalse();
      }
    }
  }

  @Test
  void anIndexOutsideTheSlabIsRefused() {
    try (FrameSlab slab = new FrameSlab(64, 1)) {
      FrameTable t = slab.table();
      for (int f : new int[] {-1, 96, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertThatThrownBy(() -> t.length(f)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> t.refs(f, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> t.tstampNs(f, 0)).isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void theSlabIsPageAlignedAndBounded() {
    try (FrameSlab slab = new FrameSlab(64, 2)) {
      assertThat(slab.data().address() % 4096).isZero();
      assertThat(slab.data().byteSize()).isEqualTo(64 * 2048 + 2 * 65_536);
      assertThat(FrameSlab.offsetOf(64) + FrameSlab.BLOCK_SIZE).isEqualTo(64 * 2048 + 65_536);
      assertThat(slab.isBlock(63)).isFalse();
      assertThat(slab.isBlock(64)).isTrue();
      assertThat(slab.sizeOf(63)).isEqualTo(2048);
      assertThat(slab.sizeOf(96)).isEqualTo(65_536);
    }
    assertThatThrownBy(() -> new FrameSlab(63, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrameSlab(64, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrameSlab(524_288, 16_384)).hasMessageContaining("over 2 GiB");
  }

  @Test
  void offloadFieldsArePackedWithoutTouchingEachOther() {
    int[] corners = {0, 1, 0x7fff, 0x8000, 0xffff};
    for (int start : corners) {
      for (int offset : corners) {
        for (int size : corners) {
          long o = Offload.of(Offload.CSUM_PARTIAL, start, offset, 0xff, size);
          assertThat(Offload.csum(o)).isEqualTo(Offload.CSUM_PARTIAL);
          assertThat(Offload.csumStart(o)).isEqualTo(start);
          assertThat(Offload.csumOffset(o)).isEqualTo(offset);
          assertThat(Offload.gsoSize(o)).isEqualTo(size);
          assertThat(Offload.gsoType(o)).isEqualTo(0xff);
        }
      }
    }
  }
}
