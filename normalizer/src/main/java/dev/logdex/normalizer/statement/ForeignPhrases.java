package dev.logdex.normalizer.statement;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How statement logging begins its messages where lc_messages is not English. Known only to tell
 * the operator: a translated log is not read.
 */
final class ForeignPhrases {
  private static final Map<String, String> LANGUAGE_OF =
      Map.ofEntries(
          Map.entry("Dauer: ", "German"),
          Map.entry("Anweisung: ", "German"),
          Map.entry("Ausführen ", "German"),
          Map.entry("duración: ", "Spanish"),
          Map.entry("sentencia: ", "Spanish"),
          Map.entry("ejecutar ", "Spanish"),
          Map.entry("durée", "French"),
          Map.entry("instruction", "French"),
          Map.entry("exécute ", "French"),
          Map.entry("durata: ", "Italian"),
          Map.entry("istruzione: ", "Italian"),
          Map.entry("esecuzione di ", "Italian"),
          Map.entry("期間: ", "Japanese"),
          Map.entry("文: ", "Japanese"),
          Map.entry("実行 ", "Japanese"));

  private ForeignPhrases() {}

  /** The language of a message of statement logging; null when it is none, or English. */
  static @Nullable String languageOf(String message) {
    for (Map.Entry<String, String> phrase : LANGUAGE_OF.entrySet()) {
      if (message.startsWith(phrase.getKey())) {
        return phrase.getValue();
      }
    }
    return null;
  }
}
