package dev.logdex.ingest.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one sender, and all together, may ask of the server.
 *
 * @param bodyBytes of a request, as sent
 * @param inflatedBytes of a request whose body is compressed
 * @param heldBytes of all requests that were not answered yet
 * @param parcelBytes at which a record of lines is full
 * @param connections at once
 * @param sourceBytesPerSecond that each source may send
 * @param headTime from the opening of a connection to the end of the first request's head
 * @param idleTime from an answer to the end of the next request's head
 * @param bodyTime from the end of the head to the end of the body
 * @param answerTime in which Kafka must have acknowledged
 */
record HttpLimits(
    int bodyBytes,
    int inflatedBytes,
    long heldBytes,
    int parcelBytes,
    int connections,
    long sourceBytesPerSecond,
    Duration headTime,
    Duration idleTime,
    Duration bodyTime,
    Duration answerTime) {
  HttpLimits {
    requireNonNull(headTime, "headTime");
    requireNonNull(idleTime, "idleTime");
    requireNonNull(bodyTime, "bodyTime");
    requireNonNull(answerTime, "answerTime");
  }
}
