package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Fires when conditions stand in an OR and an index on one column would, with those that are there,
 * serve every arm: the bitmaps of all arms are put together.
 */
final class OrRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.alternatives().stream().flatMap(arms -> proposals(arms, wants));
  }

  private static Stream<Proposal> proposals(List<Wants> arms, Wants wants) {
    Set<String> served = leading(wants);
    Set<String> candidates = new TreeSet<>();
    arms.forEach(arm -> candidates.addAll(lookedUp(arm)));
    candidates.removeAll(served);
    return candidates.stream()
        .filter(candidate -> arms.stream().allMatch(arm -> isServed(arm, candidate, served)))
        .map(
            candidate ->
                Proposal.btree(
                    List.of(IndexElement.ascending(candidate)),
                    "Rows are looked up by "
                        + candidate
                        + " or something else, and every way has an index then."));
  }

  private static boolean isServed(Wants arm, String candidate, Set<String> served) {
    return lookedUp(arm).stream().anyMatch(each -> each.equals(candidate) || served.contains(each));
  }

  private static List<String> lookedUp(Wants arm) {
    return Stream.concat(arm.equalities().stream(), arm.ranges().stream())
        .filter(element -> element.clause().form() != Form.OR)
        .map(Element::expression)
        .toList();
  }

  /** The first columns of ordinary indexes that are there. */
  private static Set<String> leading(Wants wants) {
    Set<String> leading = new TreeSet<>();
    wants.table().indexes().stream()
        .filter(index -> index.valid() && index.definition().where() == null)
        .filter(index -> index.definition().method().equals("btree"))
        .forEach(index -> leading.add(index.definition().elements().get(0).expression()));
    return leading;
  }
}
