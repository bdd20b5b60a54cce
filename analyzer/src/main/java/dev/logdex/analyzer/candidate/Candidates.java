package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.scan.TableScan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The candidates of one table: what all rules propose for all its scans, each definition once. */
public final class Candidates {
  private static final List<CandidateRule> RULES =
      List.of(
          new SingleColumnRule(),
          new EqualityColumnsRule(),
          new EqualityThenRangeRule(),
          new EqualityThenOrderRule(),
          new OrderRule(),
          new JoinThenFilterRule(),
          new PrefixRule(),
          new OrRule(),
          new NullPredicateRule(),
          new ConstantPredicateRule(),
          new MostlyNullRule(),
          new DominantValueRule(),
          new ExtendIndexRule(),
          new IncludeRule(),
          new GinRule(),
          new TrigramRule(),
          new GistRule(),
          new NearestRule(),
          new BrinRule(),
          new HashRule());

  private static final String MERGED =
      "It does the work of several indexes that begin alike and carry different columns.";

  private final Table table;
  private final CandidateSizes sizes;
  private final WantsReader reader;

  /** Candidates of a table that no statement updates. */
  public Candidates(Table table, Types types) {
    this(table, types, Set.of());
  }

  /**
   * Candidates of a table.
   *
   * @param updated columns that statements of the workload set in existing rows, as the catalog
   *     spells them
   */
  public Candidates(Table table, Types types, Set<String> updated) {
    this.table = table;
    this.sizes = new CandidateSizes(table, types);
    this.reader = new WantsReader(table, types, updated);
  }

  /**
   * What the rules propose and no existing index already starts with.
   *
   * @param scans those that matter most first
   * @param most candidates at most; proposals for later scans are left out beyond it
   */
  public List<Candidate> propose(List<TableScan> scans, int most) {
    Map<IndexDefinition, Candidate> candidates = new LinkedHashMap<>();
    for (TableScan scan : scans) {
      proposals(scan)
          .filter(proposal -> candidates.size() < most)
          .forEach(proposal -> add(proposal, candidates));
    }
    return List.copyOf(candidates.values());
  }

  /**
   * Indexes that do the work of several of the candidates, which begin alike and differ in what
   * they carry, and that no existing index serves.
   *
   * @param useful candidates that the planner would use, those that matter most first
   * @param most of them at most
   */
  public List<Candidate> merged(List<Candidate> useful, int most) {
    IndexColumns columns = new IndexColumns(table);
    Merging merging = new Merging(name -> columns.of(name).statistics().averageWidth());
    Map<IndexDefinition, Candidate> candidates = new LinkedHashMap<>();
    merging.of(useful.stream().map(Candidate::definition).toList()).stream()
        .limit(Math.max(0, most))
        .map(definition -> new Proposal(definition, MERGED))
        .forEach(proposal -> add(proposal, candidates));
    return List.copyOf(candidates.values());
  }

  private Stream<Proposal> proposals(TableScan scan) {
    if (reader.findsOneRow(scan)) {
      return Stream.empty();
    }
    Wants wants = reader.read(scan);
    return RULES.stream().flatMap(rule -> rule.propose(wants));
  }

  private void add(Proposal proposal, Map<IndexDefinition, Candidate> candidates) {
    IndexDefinition definition = proposal.definition();
    if (table.indexes().stream().noneMatch(index -> ServedBy.existing(index, definition))) {
      candidates.merge(
          definition, sizes.candidate(definition, proposal.reason()), Candidates::both);
    }
  }

  // several scans may want the same index for different reasons, and it may be chosen for any
  private static Candidate both(Candidate known, Candidate again) {
    if (known.reason().contains(again.reason())) {
      return known;
    }
    return new Candidate(
        known.id(),
        known.definition(),
        known.reason() + " " + again.reason(),
        known.sizeBytes(),
        known.entryBytes(),
        known.partialSelectivity());
  }

  /** What the planner would read of the index if it were a b-tree that is there. */
  public IndexShape shape(IndexDefinition definition) {
    return sizes.shape(definition);
  }

  /**
   * The columns of which a scan must mention one if the index is to be of use to it: those that a
   * search in it begins with, and those of a partial index's predicate.
   */
  public Set<String> relevantColumns(IndexDefinition definition) {
    return new IndexColumns(table).leading(definition);
  }
}
