package dev.logdex.normalizer.logentry;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Things by name, the one not used for longest first. What was used since the last draining stands
 * together at the other end, so a use costs no bookkeeping but its move there. Not thread-safe.
 */
final class RecentlyUsed<V extends RecentlyUsed.Item<V>> {
  /** One of the things. */
  abstract static class Item<V extends Item<V>> {
    final String name;
    @Nullable V older;
    @Nullable V newer;
    long order;

    /** Whether it was given at a draining, so that its end must be given too. */
    boolean drained;

    Item(String name) {
      this.name = name;
    }

    /** Writes what it holds, its name excepted. */
    abstract void write(DataOutputStream out) throws IOException;
  }

  private final Map<String, V> items = new HashMap<>();

  /** Names of items that were given at a draining and have been removed since. */
  private final Set<String> gone = new LinkedHashSet<>();

  private @Nullable V eldest;
  private @Nullable V newest;
  private long order;
  private long orderDrained;

  @Nullable V get(String name) {
    V last = newest;
    return last != null && last.name.equals(name) ? last : items.get(name);
  }

  int size() {
    return items.size();
  }

  @Nullable V eldest() {
    return eldest;
  }

  /** Adds an item whose name there is not. */
  void add(V item) {
    items.put(item.name, item);
    item.drained |= gone.remove(item.name);
    link(item);
    item.order = ++order;
  }

  /** Moves an item to the end. */
  void use(V item) {
    if (item != newest) {
      unlink(item);
      link(item);
    }
    item.order = ++order;
  }

  void remove(V item) {
    items.remove(item.name);
    unlink(item);
    if (item.drained) {
      gone.add(item.name);
    }
  }

  /** All items, the one not used for longest first. */
  List<V> all() {
    List<V> all = new ArrayList<>(items.size());
    for (V item = eldest; item != null; item = item.newer) {
      all.add(item);
    }
    return all;
  }

  /** Gives the items that were added or used since the last call, and null for removed ones. */
  void drain(BiConsumer<String, @Nullable V> changes) {
    for (V item = newest; item != null && item.order > orderDrained; item = item.older) {
      changes.accept(item.name, item);
      item.drained = true;
    }
    gone.forEach(name -> changes.accept(name, null));
    gone.clear();
    orderDrained = order;
  }

  /** Takes back items that were drained, in any order. */
  void restore(List<V> drained) {
    List<V> sorted = new ArrayList<>(drained);
    sorted.sort(Comparator.comparingLong(item -> item.order));
    for (V item : sorted) {
      long orderOfItem = item.order;
      add(item);
      item.order = orderOfItem;
      item.drained = true;
      order = orderOfItem;
    }
    orderDrained = order;
  }

  private void link(V item) {
    V last = newest;
    item.older = last;
    item.newer = null;
    if (last == null) {
      eldest = item;
    } else {
      last.newer = item;
    }
    newest = item;
  }

  private void unlink(V item) {
    V before = item.older;
    V after = item.newer;
    if (before == null) {
      eldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
  }
}
