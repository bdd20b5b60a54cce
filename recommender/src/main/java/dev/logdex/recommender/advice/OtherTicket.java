package dev.logdex.recommender.advice;

import static java.util.stream.Collectors.joining;

import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Step;
import java.util.List;
import java.util.stream.Stream;

/** The ticket of advice other than a new index. */
final class OtherTicket {
  private OtherTicket() {}

  /** Such as {@code Drop the index a of public.orders: nothing reads it}. */
  static String title(Recommendation advice) {
    return action(advice)
        + advice.evidence().stream()
            .filter(evidence -> evidence.name().equals(Ticket.FINDING))
            .map(evidence -> ": " + evidence.value())
            .findFirst()
            .orElse("");
  }

  private static String action(Recommendation advice) {
    String index = advice.indexName() + " of " + advice.table();
    return switch (advice.kind()) {
      case CREATE_INDEX -> "Add the index " + index;
      case DROP_INDEX -> "Drop the index " + index;
      case REINDEX -> "Rebuild the index " + index;
      case VACUUM -> "Vacuum " + advice.table();
      case ANALYZE -> "Analyze " + advice.table();
      case CREATE_STATISTICS -> "Create statistics on " + advice.table();
    };
  }

  static String body(Recommendation advice) {
    return Stream.of(
            List.of(Ticket.statements(advice), VisibleText.oneLine(advice.reason()), facts(advice)),
            advice.limits().stream().map(VisibleText::oneLine).toList(),
            List.of(locks(advice)),
            inverse(advice))
        .flatMap(List::stream)
        .collect(joining("\n\n", "", "\n"));
  }

  private static String facts(Recommendation advice) {
    return Stream.of(
            Stream.of(
                Ticket.row("", ""),
                "|---|---|",
                Ticket.row("Database", Ticket.cell(advice.database())),
                Ticket.row(
                    "Table",
                    Ticket.cell(advice.table()) + ", " + AdviceText.tableSize(advice.tableFacts())),
                Ticket.row("Writes of the table", AdviceText.writes(advice.tableFacts()))),
            freed(advice),
            advice.evidence().stream().map(OtherTicket::row))
        .flatMap(lines -> lines)
        .collect(joining("\n"));
  }

  private static Stream<String> freed(Recommendation advice) {
    Stream<String> size =
        advice.sizeBytes() > 0
            ? Stream.of(Ticket.row("Frees", Figures.bytes(advice.sizeBytes())))
            : Stream.empty();
    boolean drop = advice.kind() == RecommendationKind.DROP_INDEX;
    return drop && advice.writes().entriesPerMinute() > 0
        ? Stream.concat(size, Stream.of(Ticket.row("Saves", writes(advice))))
        : size;
  }

  static String writes(Recommendation advice) {
    return Figures.rate(advice.writes().entriesPerMinute())
        + " entries a minute, about "
        + Figures.bytes(Math.round(advice.writes().bytesPerMinute()))
        + " with their WAL";
  }

  private static String row(Evidence evidence) {
    return Ticket.row(
        VisibleText.oneLine(evidence.name()).replace("|", "\\|"), Ticket.cell(evidence.value()));
  }

  private static String locks(Recommendation advice) {
    return advice.steps().stream()
        .map(Step::lock)
        .distinct()
        .collect(joining(". ", "Locks: ", "."));
  }

  private static List<String> inverse(Recommendation advice) {
    return advice.inverseDdl().isEmpty()
        ? List.of()
        : List.of("To take it back:", Ticket.sqlBlock(advice.inverseDdl() + ";"));
  }
}
