package io.dataplane.packet;

/**
 * An SkBuff operation that would have left its buffer; thrown only where {@code
 * -Ddataplane.checks=true}.
 */
public final class SkbPanicException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  SkbPanicException(String message) {
    super(message);
  }
}
