package dev.logdex.normalizer.envelope;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the envelopes outside a text have told. One object for each level, written over by each text
 * of that level.
 */
final class Layer {
  final int level;
  @Nullable JsonMembers members;
  Nesting nesting = new Nesting();
  int depth;
  String host = "";
  String file = "";
  String pipe = "";
  @Nullable Instant time;
  boolean onlyPostgres;
  boolean escaped = true;
  long order = UnwrappedLine.NO_ORDER;

  /** The form of which the documents inside are items; empty when they are none. */
  String itemsOf = "";

  String stream = "";
  String streamHost = "";
  String streamFile = "";
  String streamPipe = "";

  Layer(int level) {
    this.level = level;
  }

  void inherit(Layer outer) {
    nesting = outer.nesting;
    depth = outer.depth;
    host = outer.host;
    file = outer.file;
    pipe = outer.pipe;
    time = outer.time;
    onlyPostgres = outer.onlyPostgres;
    escaped = outer.escaped;
    order = outer.order;
    itemsOf = "";
  }

  @SuppressWarnings("ReferenceEquality") // the names are remembered: mostly the same objects
  String stream() {
    if (streamHost != host || streamFile != file || streamPipe != pipe) {
      streamHost = host;
      streamFile = file;
      streamPipe = pipe;
      stream = (host + " " + file + " " + pipe).strip();
    }
    return stream;
  }
}
