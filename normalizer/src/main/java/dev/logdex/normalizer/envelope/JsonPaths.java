package dev.logdex.normalizer.envelope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that the rows of {@link JsonForms} ask for, as a tree, so that one pass over a
 * document finds them and skips all others. A path's steps are separated by slashes, because keys
 * hold dots; elements of an array have their index for a name.
 */
final class JsonPaths {
  /** One member: what it is called is known to the node above. */
  static final class Node {
    private static final int NONE = -1;

    private final Map<String, Node> children = new HashMap<>();
    private int slot = NONE;

    @Nullable Node child(String name) {
      return children.get(name);
    }

    boolean isAskedFor() {
      return slot != NONE;
    }

    /** Number of the member; only when it {@link #isAskedFor}. */
    int slot() {
      return slot;
    }

    boolean hasChildren() {
      return !children.isEmpty();
    }
  }

  private final Node root = new Node();
  private final List<String> paths = new ArrayList<>();

  /** The number of the member at that path, from 0. */
  int slot(String path) {
    Node node = root;
    for (String step : path.split("/", -1)) {
      node = node.children.computeIfAbsent(step, name -> new Node());
    }
    if (node.slot == Node.NONE) {
      node.slot = paths.size();
      paths.add(path);
    }
    return node.slot;
  }

  Node root() {
    return root;
  }

  int count() {
    return paths.size();
  }
}
