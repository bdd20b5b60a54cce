package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.plan.Planned;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came of building an index: plans, or why it could not be built. */
public sealed interface Build {
  Optional<Built> built();

  Optional<Refused> refused();

  /**
   * It was there while the statements were planned.
   *
   * @param indexNames what plans call it: one name, or one for each partition as well
   * @param sizeBytes of all its files
   * @param plans one for each statement, in order
   */
  record Built(Set<String> indexNames, long sizeBytes, List<Planned> plans) implements Build {
    public Built {
      indexNames = Set.copyOf(indexNames);
      plans = List.copyOf(plans);
    }

    @Override
    public Optional<Built> built() {
      return Optional.of(this);
    }

    @Override
    public Optional<Refused> refused() {
      return Optional.empty();
    }
  }

  /**
   * It is not there, and nothing was planned.
   *
   * @param reason a sentence for a person
   * @param mayPass whether the next try may go better although the database is the same
   */
  record Refused(String reason, boolean mayPass) implements Build {
    public Refused {
      requireNonNull(reason, "reason");
    }

    @Override
    public Optional<Built> built() {
      return Optional.empty();
    }

    @Override
    public Optional<Refused> refused() {
      return Optional.of(this);
    }
  }
}
