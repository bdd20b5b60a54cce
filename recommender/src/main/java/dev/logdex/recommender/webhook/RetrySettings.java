package dev.logdex.recommender.webhook;

import java.time.Duration;

/**
 * How a receiver that cannot take an event now is tried again: the pause doubles from attempt to
 * attempt, and is a quarter more or less by chance, so that many sinks do not come at once.
 *
 * @param firstPause after the first attempt
 * @param longestPause that the pause grows to; longer than the first one
 * @param longest time that is spent on one event
 */
public record RetrySettings(Duration firstPause, Duration longestPause, Duration longest) {}
