package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotCallsTest {

  private final HotCalls calls = new HotCalls();

  @Test
  void readAndWriteMoveBytes() throws Exception {
    try (Arena arena = Arena.ofConfined();
        Fd event = Fd.of(Libc.C.eventfd(0, Fd.O_NONBLOCK))) {
      MemorySegment value = arena.allocate(8, 8);
      value.set(JAVA_LONG, 0, 7L);

      assertThat(calls.write(event.number(), value.address(), 8)).isEqualTo(8);
      value.fill((byte) 0);
      assertThat(calls.read(event.number(), value.address(), 8)).isEqualTo(8);

      assertThat(value.get(JAVA_LONG, 0)).isEqualTo(7);
    }
  }

  @Test
  void failuresComeBackAsNegatedErrno() throws Exception {
    try (Arena arena = Arena.ofConfined();
        Fd event = Fd.of(Libc.C.eventfd(0, Fd.O_NONBLOCK))) {
      MemorySegment value = arena.allocate(8, 8);

      assertThat(calls.read(event.number(), value.address(), 8)).isEqualTo(-Errno.EAGAIN);
      assertThat(calls.read(event.number(), value.address(), 4)).isEqualTo(-Errno.EINVAL);
      assertThat(calls.read(event.number(), 8, 8)).isEqualTo(-Errno.EAGAIN);
      assertThat(calls.write(event.number(), 8, 8)).isEqualTo(-Errno.EFAULT);
      assertThat(calls.readv(-1, value.address(), 1)).isEqualTo(-Errno.EBADF);
      assertThat(calls.writev(-1, value.address(), 1)).isEqualTo(-Errno.EBADF);
    }
  }

  @Test
  void vectorsGatherAndScatter(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("gathered");
      MemorySegment vectors = arena.allocate(32, 8);
      vectors.set(JAVA_LONG, 0, text.address());
      vectors.set(JAVA_LONG, 8, 3L);
      vectors.set(JAVA_LONG, 16, text.address() + 3);
      vectors.set(JAVA_LONG, 24, 5L);

      try (Fd fd = Fd.open(file.toString(), Fd.O_RDWR)) {
        assertThat(calls.writev(fd.number(), vectors.address(), 2)).isEqualTo(8);
      }
      assertThat(file).hasContent("gathered");
      text.fill((byte) 0);
      try (Fd fd = Fd.open(file.toString(), Fd.O_RDWR)) {
        assertThat(calls.readv(fd.number(), vectors.address(), 2)).isEqualTo(8);
      }

      assertThat(text.asSlice(0, 8).toArray(JAVA_BYTE)).isEqualTo("gathered".getBytes(US_ASCII));
    }
  }
}
