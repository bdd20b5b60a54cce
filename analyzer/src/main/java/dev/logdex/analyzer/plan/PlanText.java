package dev.logdex.analyzer.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads plans in EXPLAIN's text format (explain.c), as far as what a node reads, its conditions and
 * its rows go.
 */
final class PlanText {
  private static final Pattern NODE =
      Pattern.compile(
          "( *)(?:->  )?(\\S.*?)  \\(cost=([\\d.]+)\\.\\.([\\d.]+) rows=(\\d+) width=\\d+\\)"
              + "(?: \\((?:actual (?:time=[\\d.]+ ?\\.\\.[\\d.]+ )?rows=([\\d.]+) loops=(\\d+)"
              + "|(never executed))\\))?");

  private static final Pattern PROPERTY = Pattern.compile(" *([A-Z][A-Za-z ]+): (.*)");
  private static final Pattern SUBQUERY = Pattern.compile(" *(InitPlan|SubPlan|CTE) .*");
  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)";
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:Async |Parallel )?(.*?)(?: Backward)?(?: using ("
              + NAME
              + "))?"
              + " on (?:("
              + NAME
              + ")\\.)?("
              + NAME
              + ")(?: ("
              + NAME
              + "))?");

  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable PlanNode top;
  private String relationship = "Outer";

  private PlanText() {}

  /** A node whose properties and children are still to come. */
  private record Open(
      int indent,
      String relationship,
      Matcher line,
      Map<String, String> properties,
      List<PlanNode> children) {}

  static Optional<PlanNode> read(String text) {
    PlanText reader = new PlanText();
    text.lines().forEach(reader::line);
    while (!reader.open.isEmpty()) {
      reader.close();
    }
    return Optional.ofNullable(reader.top);
  }

  private void line(String line) {
    Matcher node = NODE.matcher(line);
    if (node.matches()) {
      int indent = node.group(1).length();
      while (!open.isEmpty() && open.element().indent >= indent) {
        close();
      }
      open.push(new Open(indent, relationship, node, new HashMap<>(), new ArrayList<>()));
      relationship = "Outer";
      return;
    }
    Matcher property = PROPERTY.matcher(line);
    Matcher subquery = SUBQUERY.matcher(line);
    if (property.matches() && !open.isEmpty()) {
      open.element().properties.putIfAbsent(property.group(1), property.group(2));
    } else if (subquery.matches()) {
      relationship = subquery.group(1).equals("SubPlan") ? "SubPlan" : "InitPlan";
    }
  }

  private void close() {
    Open closed = open.pop();
    PlanNode node = node(closed);
    if (open.isEmpty()) {
      top = node;
    } else {
      open.element().children.add(node);
    }
  }

  private static PlanNode node(Open of) {
    String description = of.line.group(2);
    Matcher target = TARGET.matcher(description);
    boolean hasTarget = target.matches();
    String type = hasTarget ? target.group(1) : description;
    boolean changes = type.matches("Insert|Update|Delete|Merge");
    boolean bitmapIndex = type.equals("Bitmap Index Scan");
    boolean relation =
        hasTarget
            && (changes || type.matches("(Seq|Sample|Index.*|Bitmap Heap|Tid.*|Foreign) ?Scan"));
    String name = hasTarget ? unquoted(target.group(4)) : null;
    return new PlanNode(
        changes ? "ModifyTable" : type,
        of.relationship,
        null,
        changes ? type : null,
        relation ? unquoted(target.group(3)) : null,
        relation ? name : null,
        relation && target.group(5) != null ? unquoted(target.group(5)) : relation ? name : null,
        bitmapIndex ? name : hasTarget ? unquoted(target.group(2)) : null,
        "",
        number(of.line.group(3)),
        number(of.line.group(4)),
        number(of.line.group(5)),
        0,
        description.startsWith("Parallel "),
        conditions(of.properties),
        of.properties.containsKey("Sort Key") ? List.of(of.properties.get("Sort Key")) : List.of(),
        List.of(),
        List.of(),
        of.children,
        actual(of));
  }

  private static PlanNode.Conditions conditions(Map<String, String> of) {
    return new PlanNode.Conditions(
        of.get("Filter"),
        of.get("Index Cond"),
        of.get("Recheck Cond"),
        of.get("Hash Cond"),
        of.get("Merge Cond"),
        of.get("Join Filter"));
  }

  private static PlanNode.@Nullable Actual actual(Open of) {
    if (of.line.group(8) != null) {
      return new PlanNode.Actual(0, 0, 0);
    }
    return of.line.group(7) == null
        ? null
        : new PlanNode.Actual(
            number(of.line.group(6)),
            number(of.line.group(7)),
            number(of.properties.getOrDefault("Rows Removed by Filter", "0")));
  }

  private static double number(String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static @Nullable String unquoted(@Nullable String name) {
    return name != null && name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
