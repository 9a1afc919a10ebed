package io.dataplane.drivers.nativeio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ErrnoTest {

  @Test
  void everyNameStandsAtItsNumber() {
    assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
    assertThat(Errno.name(Errno.EAGAIN)).isEqualTo("EAGAIN");
    assertThat(Errno.name(Errno.ENOSYS)).isEqualTo("ENOSYS");
    assertThat(Errno.name(Errno.EBADFD)).isEqualTo("EBADFD");
    assertThat(Errno.name(Errno.EOPNOTSUPP)).isEqualTo("EOPNOTSUPP");
    assertThat(Errno.name(Errno.ENOBUFS)).isEqualTo("ENOBUFS");
    assertThat(Errno.name(133)).isEqualTo("EHWPOISON");
  }

  @Test
  void unknownNumbersAreShownAsNumbers() {
    assertThat(Errno.name(41)).isEqualTo("errno 41");
    assertThat(Errno.name(134)).isEqualTo("errno 134");
    assertThat(Errno.name(-1)).isEqualTo("errno -1");
  }

  @Test
  void aFailedCallNamesSubjectCallAndReason() {
    assertThatThrownBy(() -> Fd.open("/nowhere/at/all", Fd.O_RDWR))
        .isInstanceOfSatisfying(
            NativeException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(Errno.ENOENT);
              assertThat(e.call()).isEqualTo("open");
              assertThat(e.subject()).isEqualTo("/nowhere/at/all");
            })
        .hasMessage("/nowhere/at/all: open failed with ENOENT, No such file or directory");
  }
}
