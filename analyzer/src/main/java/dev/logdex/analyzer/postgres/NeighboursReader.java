package dev.logdex.analyzer.postgres;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.logdex.analyzer.event.Partition;
import dev.logdex.analyzer.event.TableNeighbours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads which partitions tables have and which names nearby are taken, both bounded. */
final class NeighboursReader {
  private static final int PARTITIONS = 500;
  private static final int NAMES = 1000;

  private NeighboursReader() {}

  private record Part(
      long root, String schema, String name, String kind, long oid, long parent, int inAll) {}

  private record Name(long root, String name) {}

  /** By the tables' oids; a table without any has no entry. */
  static Map<Long, TableNeighbours> read(Session session, Long[] oids) throws SQLException {
    Map<Long, List<Part>> parts =
        session
            .query(SqlFile.PARTITIONS.text(), NeighboursReader::part, (Object) oids, PARTITIONS)
            .stream()
            .collect(groupingBy(Part::root));
    Map<Long, List<String>> names =
        session
            .query(
                SqlFile.TAKEN_NAMES.text(),
                row -> new Name(row.getLong(1), row.getString(2)),
                (Object) oids,
                NAMES)
            .stream()
            .collect(groupingBy(Name::root, mapping(Name::name, toList())));
    Map<Long, TableNeighbours> neighbours = new HashMap<>();
    for (Long oid : oids) {
      List<Part> own = parts.getOrDefault(oid, List.of());
      int inAll = own.isEmpty() ? 0 : own.get(0).inAll;
      neighbours.put(
          oid,
          new TableNeighbours(
              partitions(oid, own), inAll - own.size(), names.getOrDefault(oid, List.of())));
    }
    return neighbours;
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getInt(7));
  }

  private static List<Partition> partitions(long root, List<Part> parts) {
    Map<Long, Integer> places = new HashMap<>();
    places.put(root, -1);
    List<Partition> partitions = new ArrayList<>();
    for (Part part : parts) {
      int parent = requireNonNull(places.get(part.parent), "a partition comes after its parent");
      places.put(part.oid, partitions.size());
      partitions.add(new Partition(part.schema, part.name, kind(part.kind), parent));
    }
    return partitions;
  }

  /** Of a letter of pg_class.relkind. */
  private static Partition.Form kind(String relkind) {
    return switch (relkind) {
      case "p" -> Partition.Form.PARENT;
      case "f" -> Partition.Form.FOREIGN;
      default -> Partition.Form.TABLE;
    };
  }
}
