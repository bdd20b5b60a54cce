package dev.logdex.normalizer.source;

/**
 * What is remembered of a source beside its log.
 *
 * @param positions how far its files have been read
 * @param inFile a file of it is being read and its end has not come
 * @param seenAtMs when it last spoke, by the reader's clock, to the hour: only for forgetting it
 */
record SourceState(FilePositions positions, boolean inFile, long seenAtMs) {
  static final SourceState NEW = new SourceState(FilePositions.NONE, false, 0);
}
