package io.dataplane.drivers.nativeio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLong;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixDatagramTest {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;

  @TempDir Path folder;

  private static Fd bind(Arena arena, byte[] name) throws NativeException {
    MemorySegment address = arena.allocate(2 + name.length, 2);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
    Fd fd = Fd.socket(AF_UNIX, SOCK_DGRAM, 0, "receiver");
    int bound = Libc.C.bind(fd.number(), Libc.pointer(address), (int) address.byteSize());
    Libc.check(bound, "bind", "receiver");
    return fd;
  }

  private static String receive(Arena arena, Fd fd) {
    MemorySegment buffer = arena.allocate(1024);
    NativeLong length = Libc.C.recv(fd.number(), Libc.pointer(buffer), new NativeLong(1024), 0);
    byte[] bytes = buffer.asSlice(0, length.longValue()).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void arrivesAtAPath() throws Exception {
    Path path = folder.resolve("notify");
    try (Arena arena = Arena.ofConfined()) {
      Fd fd = bind(arena, path.toString().getBytes(StandardCharsets.UTF_8));
      UnixDatagram.send(path.toString(), "READY=1\n");
      assertThat(receive(arena, fd)).isEqualTo("READY=1\n");
      fd.close();
    }
  }

  @Test
  void arrivesAtAnAbstractName() throws Exception {
    String name = "dataplane-test-" + ProcessHandle.current().pid();
    try (Arena arena = Arena.ofConfined()) {
      Fd fd = bind(arena, ("\0" + name).getBytes(StandardCharsets.UTF_8));
      UnixDatagram.send("@" + name, "STOPPING=1");
      assertThat(receive(arena, fd)).isEqualTo("STOPPING=1");
      fd.close();
    }
  }

  @Test
  void saysWhyItCannotBeSent() {
    assertThatThrownBy(() -> UnixDatagram.send(folder + "/none", "x"))
        .isInstanceOf(NativeException.class)
        .hasMessageContaining("ENOENT");
    assertThatThrownBy(() -> UnixDatagram.send("/" + "x".repeat(120), "x"))
        .isInstanceOf(NativeException.class)
        .hasMessageContaining("EINVAL");
  }
}
