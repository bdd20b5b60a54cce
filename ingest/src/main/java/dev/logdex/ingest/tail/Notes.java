package dev.logdex.ingest.tail;

import java.util.HashMap;
import java.util.Map;

/** Tells of what goes wrong once, and again when it was well in between. */
final class Notes {
  private static final int MOST = 10_000;

  private final TailListener listener;
  private final Map<String, String> told = new HashMap<>();

  Notes(TailListener listener) {
    this.listener = listener;
  }

  void wrong(String about, String sentence) {
    if (told.size() < MOST && !sentence.equals(told.put(about, sentence))) {
      listener.note(sentence);
    }
  }

  void well(String about) {
    if (told.remove(about) != null) {
      listener.note(about + " can be read now");
    }
  }

  void say(String sentence) {
    listener.note(sentence);
  }
}
