package dev.logdex.normalizer.statement;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of each server process of a source: the statement it has announced, the lock
 * it waits for, and what it has prepared. It tells what has changed, so that a store can keep it.
 */
final class ProcessMemory {
  /** By process, remembered for longest first. */
  private final Map<String, PendingStatement> pending = new LinkedHashMap<>();

  private final Map<String, LockWait> waits = new LinkedHashMap<>();
  private final Map<String, PreparedTexts> prepared = new LinkedHashMap<>();

  /**
   * Processes of which the store keeps something. One that is remembered and forgotten between two
   * drains is nobody's business, which bounds what has changed by what is remembered.
   */
  private final Set<String> stored = new HashSet<>();

  private final Set<String> changed = new HashSet<>();
  private long pendingBytes;
  private long preparedBytes;

  @Nullable PendingStatement pending(String backend) {
    return pending.isEmpty() ? null : pending.get(backend);
  }

  @Nullable LockWait wait(String backend) {
    return waits.isEmpty() ? null : waits.get(backend);
  }

  @Nullable PreparedTexts prepared(String backend) {
    return prepared.isEmpty() ? null : prepared.get(backend);
  }

  Iterable<Map.Entry<String, PendingStatement>> allPending() {
    return pending.entrySet();
  }

  List<String> backends() {
    List<String> all = new ArrayList<>(pending.keySet());
    waits.keySet().stream().filter(backend -> !pending.containsKey(backend)).forEach(all::add);
    return all;
  }

  int pendingCount() {
    return pending.size();
  }

  int waitCount() {
    return waits.size();
  }

  int preparedCount() {
    return prepared.size();
  }

  /** Of what is announced and of waits. */
  long pendingBytes() {
    return pendingBytes;
  }

  long preparedBytes() {
    return preparedBytes;
  }

  void put(String backend, PendingStatement statement) {
    forgetPending(backend);
    pending.put(backend, statement);
    pendingBytes += statement.bytes();
    changed.add(backend);
  }

  void put(String backend, LockWait wait) {
    forgetWait(backend);
    waits.put(backend, wait);
    pendingBytes += wait.bytes();
    changed.add(backend);
  }

  void put(String backend, PreparedTexts texts) {
    forgetPrepared(backend);
    prepared.put(backend, texts);
    preparedBytes += texts.bytes();
    changed.add(backend);
  }

  @Nullable PendingStatement forgetPending(String backend) {
    PendingStatement statement = pending.isEmpty() ? null : pending.remove(backend);
    if (statement != null) {
      pendingBytes -= statement.bytes();
      markChanged(backend);
    }
    return statement;
  }

  @Nullable LockWait forgetWait(String backend) {
    LockWait wait = waits.isEmpty() ? null : waits.remove(backend);
    if (wait != null) {
      pendingBytes -= wait.bytes();
      markChanged(backend);
    }
    return wait;
  }

  /** What is taken out may be changed and put back; nothing else may change it. */
  @Nullable PreparedTexts forgetPrepared(String backend) {
    PreparedTexts texts = prepared.isEmpty() ? null : prepared.remove(backend);
    if (texts != null) {
      preparedBytes -= texts.bytes();
      markChanged(backend);
    }
    return texts;
  }

  /** The process whose announcement is the oldest; null when there is none. */
  @Nullable String eldestPending() {
    return pending.isEmpty() ? null : pending.keySet().iterator().next();
  }

  @Nullable String eldestWait() {
    return waits.isEmpty() ? null : waits.keySet().iterator().next();
  }

  @Nullable String eldestPrepared() {
    return prepared.isEmpty() ? null : prepared.keySet().iterator().next();
  }

  /** When the oldest of announcements and waits was told of; {@code MAX} when there is none. */
  Instant eldestSeen() {
    Instant seen = Instant.MAX;
    if (!pending.isEmpty()) {
      seen = pending.values().iterator().next().seen();
    }
    if (!waits.isEmpty()) {
      Instant waitSeen = waits.values().iterator().next().seen();
      seen = waitSeen.isBefore(seen) ? waitSeen : seen;
    }
    return seen;
  }

  private void markChanged(String backend) {
    boolean known =
        stored.contains(backend)
            || pending.containsKey(backend)
            || waits.containsKey(backend)
            || prepared.containsKey(backend);
    if (known) {
      changed.add(backend);
    } else {
      changed.remove(backend);
    }
  }

  /** Gives what changed since the last call, by process; null where nothing is left. */
  void drainChanges(BiConsumer<String, StatementLog.@Nullable PendingState> changes) {
    for (String backend : changed) {
      PendingStatement statement = pending.get(backend);
      LockWait wait = waits.get(backend);
      PreparedTexts texts = prepared.get(backend);
      boolean nothing = statement == null && wait == null && texts == null;
      changes.accept(backend, nothing ? null : out -> write(out, statement, wait, texts));
      if (nothing) {
        stored.remove(backend);
      } else {
        stored.add(backend);
      }
    }
    changed.clear();
  }

  private static void write(
      DataOutputStream out,
      @Nullable PendingStatement statement,
      @Nullable LockWait wait,
      @Nullable PreparedTexts texts)
      throws IOException {
    out.writeBoolean(statement != null);
    if (statement != null) {
      statement.write(out);
    }
    out.writeBoolean(wait != null);
    if (wait != null) {
      wait.write(out);
    }
    out.writeBoolean(texts != null);
    if (texts != null) {
      texts.write(out);
    }
  }

  /** Takes back what {@link #drainChanges} gave, in any order. */
  void restore(Map<String, DataInputStream> states) throws IOException {
    Map<String, PendingStatement> statements = new LinkedHashMap<>();
    Map<String, LockWait> someWaits = new LinkedHashMap<>();
    Map<String, PreparedTexts> texts = new LinkedHashMap<>();
    for (Map.Entry<String, DataInputStream> state : states.entrySet()) {
      DataInputStream in = state.getValue();
      if (in.readBoolean()) {
        statements.put(state.getKey(), PendingStatement.read(in));
      }
      if (in.readBoolean()) {
        someWaits.put(state.getKey(), LockWait.read(in));
      }
      if (in.readBoolean()) {
        texts.put(state.getKey(), PreparedTexts.read(in));
      }
    }
    inOrder(statements, PendingStatement::order, this::put);
    inOrder(someWaits, LockWait::order, this::put);
    inOrder(texts, PreparedTexts::order, this::put);
    stored.addAll(states.keySet());
    changed.clear();
  }

  private static <T> void inOrder(
      Map<String, T> read, ToLongFunction<T> order, BiConsumer<String, T> put) {
    read.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> order.applyAsLong(entry.getValue())))
        .forEach(entry -> put.accept(entry.getKey(), entry.getValue()));
  }
}
