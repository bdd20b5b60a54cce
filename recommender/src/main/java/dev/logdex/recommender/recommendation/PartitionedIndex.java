package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.Partition;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.event.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The recipe for an index of a partitioned table, which CREATE INDEX CONCURRENTLY refuses: an empty
 * index of the parent, then one of each partition without locking out writers, each attached when
 * it is ready. The parent's index becomes valid with the last one (manual of CREATE INDEX, "ONLY").
 *
 * <p>Where a partition is a foreign table, the parent's index made with ONLY would wait for it for
 * ever; there the parent's index comes last and takes up those that the partitions have by then.
 */
final class PartitionedIndex {
  private static final String BUILD =
      "SHARE UPDATE EXCLUSIVE on the partition: reads and writes go on";
  private static final String ONLY = "SHARE on the parent for an instant: nothing is read";
  private static final String ATTACH = "ACCESS EXCLUSIVE on the partition's index for an instant";
  private static final String WHOLE =
      "SHARE on the table and all its partitions: writes wait until it is done";

  private final TableName table;
  private final String name;
  private final IndexDefinition definition;
  private final String id;
  private final Set<String> taken;
  private final List<Step> steps = new ArrayList<>();

  private PartitionedIndex(
      TableName table, String name, IndexDefinition definition, String id, Set<String> taken) {
    this.table = table;
    this.name = name;
    this.definition = definition;
    this.id = id;
    this.taken = taken;
  }

  /**
   * The recipe.
   *
   * @param id of the recommendation
   * @param taken names that other indexes have; those of the recipe's are added to it
   */
  static CreateIndex of(
      TableName table,
      String name,
      IndexDefinition definition,
      String id,
      TableFacts facts,
      Set<String> taken) {
    taken.add(name);
    PartitionedIndex recipe = new PartitionedIndex(table, name, definition, id, taken);
    recipe.write(facts);
    return new CreateIndex(table, name, definition, recipe.steps);
  }

  /** What a person has to know of the recipe; empty for a table that is no parent. */
  static List<String> limits(TableFacts facts) {
    int leftOut = neighbours(facts).partitionsLeftOut();
    return facts.partitioned() && leftOut > 0
        ? List.of(
            leftOut
                + " more partitions are not in the steps: the index of the parent becomes valid only"
                + " when each of them has its part attached, too.")
        : List.of();
  }

  private static TableNeighbours neighbours(TableFacts facts) {
    return Objects.requireNonNullElse(facts.neighbours(), TableNeighbours.NONE);
  }

  private void write(TableFacts facts) {
    List<Partition> partitions = neighbours(facts).partitions();
    boolean foreign = partitions.stream().anyMatch(each -> each.form() == Partition.Form.FOREIGN);
    if (partitions.isEmpty() || foreign) {
      children(partitions, false);
      steps.add(new Step(create("CREATE INDEX ", name, " ON ", table), true, WHOLE));
    } else {
      steps.add(new Step(create("CREATE INDEX ", name, " ON ONLY ", table), true, ONLY));
      children(partitions, true);
    }
  }

  /** Parents before their partitions, and attached after them. */
  private void children(List<Partition> partitions, boolean attach) {
    List<String> names = new ArrayList<>();
    List<Step> ofParents = new ArrayList<>();
    for (Partition partition : partitions) {
      TableName relation = new TableName(table.database(), partition.schema(), partition.name());
      String child = IndexName.of(partition.name(), definition, id, taken);
      taken.add(child);
      names.add(child);
      boolean parent = partition.form() == Partition.Form.PARENT;
      if (partition.form() == Partition.Form.TABLE) {
        steps.add(new Step(CreateIndex.concurrently(relation, child, definition), false, BUILD));
      } else if (parent && attach) {
        steps.add(new Step(create("CREATE INDEX ", child, " ON ONLY ", relation), true, ONLY));
      }
      if (attach) {
        (parent ? ofParents : steps).add(attach(partitions, names, partition));
      }
    }
    // the deepest first: a part can only be attached whole to be valid at once
    for (int i = ofParents.size() - 1; i >= 0; i--) {
      steps.add(ofParents.get(i));
    }
  }

  private Step attach(List<Partition> partitions, List<String> names, Partition child) {
    boolean top = child.parent() < 0;
    String schema = top ? table.schema() : partitions.get(child.parent()).schema();
    String parent = top ? name : names.get(child.parent());
    return new Step(
        "ALTER INDEX "
            + qualified(schema, parent)
            + " ATTACH PARTITION "
            + qualified(child.schema(), names.get(names.size() - 1)),
        true,
        ATTACH);
  }

  private String create(String create, String index, String on, TableName relation) {
    return CreateIndex.create(create, index, on, relation, definition);
  }

  private static String qualified(String schema, String relation) {
    return SqlIdentifier.quoted(schema) + "." + SqlIdentifier.quoted(relation);
  }
}
