package dev.logdex.embedded;

/** Hold on a folder that a part works in; closing it lets go. */
interface Claim extends AutoCloseable {
  @Override
  void close();
}
