package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.drivers.nativeio.LinkEvent.Kind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as no kernel sends them. */
class LinkMessagesTest {

  private final MemorySegment buffer = MemorySegment.ofArray(new long[64]);
  private final List<LinkEvent> events = new ArrayList<>();

  /** One RTM_NEWLINK of 44 bytes: headers, IFLA_MTU 8 bytes, and 4 bytes of another attribute. */
  private void message(int length, int attributeLength) {
    buffer.fill((byte) 0);
    buffer.set(JAVA_INT.withByteAlignment(1), 0, length);
    buffer.set(JAVA_SHORT.withByteAlignment(1), 4, (short) 16);
    buffer.set(JAVA_INT.withByteAlignment(1), 20, 9);
    buffer.set(JAVA_SHORT.withByteAlignment(1), 32, (short) attributeLength);
    buffer.set(JAVA_SHORT.withByteAlignment(1), 34, (short) 4);
    buffer.set(JAVA_INT.withByteAlignment(1), 36, 1234);
  }

  private List<LinkEvent> parse(int length) {
    LinkMessages.parse(buffer, length, events::add);
    return events;
  }

  @Test
  void readsAWholeMessage() {
    message(40, 8);

    assertThat(parse(40)).containsExactly(new LinkEvent(Kind.CHANGED, 9, "", 0, 1234, -1));
  }

  @Test
  void aMessageLongerThanTheDatagramIsNotRead() {
    message(44, 8);

    assertThat(parse(40)).isEmpty();
  }

  @Test
  void aMessageOfNoLengthEndsTheReading() {
    message(0, 8);

    assertThat(parse(40)).isEmpty();
  }

  @Test
  void anAttributeLongerThanItsMessageIsNotRead() {
    message(40, 9);

    assertThat(parse(40)).containsExactly(new LinkEvent(Kind.CHANGED, 9, "", 0, -1, -1));
  }

  @Test
  void anAttributeOfNoLengthEndsTheReading() {
    message(40, 0);

    assertThat(parse(40)).containsExactly(new LinkEvent(Kind.CHANGED, 9, "", 0, -1, -1));
  }

  @Test
  void messagesAboutBridgePortsAreOfNoConcern() {
    message(40, 8);
    buffer.set(JAVA_BYTE, 16, (byte) 7);

    assertThat(parse(40)).isEmpty();
  }

  @Test
  void randomBytesDoNoHarm() {
    Random random = new Random(20);
    for (int round = 0; round < 200_000; round++) {
      message(40 + random.nextInt(64), random.nextInt(12));
      for (int i = random.nextInt(6); i > 0; i--) {
        buffer.set(JAVA_BYTE, random.nextInt(128), (byte) random.nextInt());
      }
      LinkMessages.parse(buffer, random.nextInt(257), e -> {});
    }
  }
}
