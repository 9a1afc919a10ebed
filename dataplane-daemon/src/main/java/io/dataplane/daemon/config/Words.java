package io.dataplane.daemon.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** The constants of an enum as the words of the file: lower case, in the order of the source. */
final class Words {

  private Words() {}

  static <E extends Enum<E>> SequencedMap<String, E> of(Class<E> type) {
    SequencedMap<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return Collections.unmodifiableSequencedMap(words);
  }
}
