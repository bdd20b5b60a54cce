package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.Partition;
import dev.logdex.analyzer.event.TableNeighbours;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalog says of partitions, of names nearby, and of what holds indexes in place. */
class NeighboursIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("neighbours");
    shop.execute("CREATE SCHEMA parts");
    shop.execute("CREATE TABLE parts.visits (at int, kind int) PARTITION BY RANGE (at)");
    shop.execute(
        "CREATE TABLE parts.\"Zweite\" PARTITION OF parts.visits FOR VALUES FROM (10) TO (20)"
            + " PARTITION BY LIST (kind)");
    shop.execute("CREATE TABLE parts.v1 PARTITION OF parts.visits FOR VALUES FROM (0) TO (10)");
    shop.execute("CREATE TABLE public.v2 PARTITION OF parts.\"Zweite\" FOR VALUES IN (1)");
    shop.execute("CREATE INDEX index_visits_on_at ON parts.visits (at)");
    shop.execute("CREATE TABLE parts.seen (id int, at int)");
    shop.execute("CREATE INDEX tmp_index_visits_on_x ON parts.seen (id)");
    shop.execute("CREATE INDEX index_v2_on_kind ON public.v2 (kind)");
    shop.execute("CREATE INDEX another ON parts.seen (id)");
    shop.execute(
        "CREATE TABLE parts.bookings (id int PRIMARY KEY, other int, room int, note text,"
            + " CONSTRAINT after FOREIGN KEY (other) REFERENCES parts.bookings (id),"
            + " EXCLUDE USING btree (note WITH =))");
    shop.execute("CREATE INDEX by_other ON parts.bookings (other, room)");
    shop.execute("CREATE INDEX by_room ON parts.bookings (room, other)");
    shop.execute("CREATE UNIQUE INDEX identity ON parts.bookings (id)");
    shop.execute("ALTER TABLE parts.bookings REPLICA IDENTITY USING INDEX identity");
    shop.execute("ALTER TABLE parts.bookings CLUSTER ON by_room");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static TableNeighbours neighbours(String schema, String table) {
    try (PostgresDatabase database = shop.open()) {
      return database.table(new RelationName(schema, table)).neighbours();
    }
  }

  private static Map<String, IndexTies> ties(String schema, String table) {
    try (PostgresDatabase database = shop.open()) {
      Map<String, IndexTies> ties = new TreeMap<>();
      for (ExistingIndex index : database.table(new RelationName(schema, table)).indexes()) {
        ties.put(index.name(), index.ties());
      }
      return ties;
    }
  }

  @Test
  void partitionsAreListedParentsFirst() {
    assertThat(neighbours("parts", "visits").partitions())
        .containsExactly(
            new Partition("parts", "Zweite", Partition.Form.PARENT, -1),
            new Partition("parts", "v1", Partition.Form.TABLE, -1),
            new Partition("public", "v2", Partition.Form.TABLE, 0));
    assertThat(neighbours("parts", "visits").partitionsLeftOut()).isZero();
  }

  @Test
  void namesThatBeginLikeOursOnTheTableOrAPartitionAreListed() {
    assertThat(neighbours("parts", "visits").takenNames())
        .contains("index_visits_on_at", "tmp_index_visits_on_x", "index_v2_on_kind")
        .doesNotContain("another");
  }

  @Test
  void aTableAloneHasNoNeighbours() {
    assertThat(neighbours("parts", "seen")).isEqualTo(TableNeighbours.NONE);
  }

  @Test
  void partitionsBeyondTheBoundAreCounted() {
    shop.execute("CREATE TABLE parts.days (at int) PARTITION BY RANGE (at)");
    shop.execute(
        "DO $$ BEGIN FOR i IN 1..503 LOOP EXECUTE format('CREATE TABLE parts.d%s PARTITION OF"
            + " parts.days FOR VALUES FROM (%s) TO (%s)', i, i, i + 1); END LOOP; END $$");

    TableNeighbours days = neighbours("parts", "days");

    assertThat(days.partitions()).hasSize(500);
    assertThat(days.partitionsLeftOut()).isEqualTo(3);
  }

  @Test
  void anIndexTellsWhatElseThanQueriesItIsFor() {
    Map<String, IndexTies> ties = ties("parts", "bookings");

    assertThat(ties)
        .containsEntry("bookings_pkey", new IndexTies(true, false, false, false, false))
        .containsEntry("bookings_note_excl", new IndexTies(true, false, false, false, false))
        .containsEntry("by_other", new IndexTies(false, false, false, false, true))
        .containsEntry("by_room", new IndexTies(false, false, true, false, false))
        .containsEntry("identity", new IndexTies(false, true, false, false, false));
    assertThat(ties("parts", "v1"))
        .containsEntry("v1_at_idx", new IndexTies(false, false, false, true, false));
  }
}
