package dev.logdex.ingest.tail;

/** Hears what a person should know of. */
@FunctionalInterface
public interface TailListener {
  /** Something is odd, or can be read again: told once, not with every look. */
  void note(String sentence);
}
