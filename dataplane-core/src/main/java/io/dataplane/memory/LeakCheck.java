package io.dataplane.memory;

import io.dataplane.base.Checks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which frames have not come back. Whether one is free is read from its descriptor; who took
 * it is known only with {@code -Ddataplane.leaks=true}. For the control plane, while no worker
 * runs.
 */
public final class LeakCheck {

  private final FrameSlab slab;
  private final @Nullable Throwable @Nullable [] takenAt;

  LeakCheck(FrameSlab slab) {
    this.slab = slab;
    this.takenAt =
        Checks.TRACK_ALLOCATIONS
            ? new Throwable[slab.frames() + slab.blocks() * FrameSlab.BLOCK_FRAMES]
            : null;
  }

  void allocated(int frame) {
    if (takenAt != null) {
      takenAt[frame] = new Throwable("taken by " + Thread.currentThread().getName());
    }
  }

  /**
   * The frames and blocks in use.
   *
   * @return one line each, empty where all are free
   */
  public List<String> inUse() {
    List<String> lines = new ArrayList<>();
    int buffers = slab.frames() + slab.blocks() * FrameSlab.BLOCK_FRAMES;
    for (int f = 0; f < buffers; f += slab.isBlock(f) ? FrameSlab.BLOCK_FRAMES : 1) {
      if (slab.table().refs(f) != 0) {
        lines.add(describe(f));
      }
    }
    return lines;
  }

  private String describe(int frame) {
    FrameTable t = slab.table();
    StringBuilder line =
        new StringBuilder()
            .append(slab.isBlock(frame) ? "block " : "frame ")
            .append(frame)
            .append(" refs ")
            .append(t.refs(frame))
            .append(" home ")
            .append(t.home(frame))
            .append(" offset ")
            .append(t.offset(frame))
            .append(" length ")
            .append(t.length(frame));
    Throwable taken = takenAt == null ? null : takenAt[frame];
    if (taken != null) {
      line.append(' ').append(taken.getMessage());
      for (StackTraceElement at : taken.getStackTrace()) {
        line.append("\n    at ").append(at);
      }
    }
    return line.toString();
  }

  /**
   * Requires that every frame is free.
   *
   * @throws IllegalStateException naming each frame that is not
   */
  public void requireNoneInUse() {
    List<String> lines = inUse();
    if (!lines.isEmpty()) {
      throw new IllegalStateException(
          lines.size() + " frames have not come back:\n" + String.join("\n", lines));
    }
  }
}
