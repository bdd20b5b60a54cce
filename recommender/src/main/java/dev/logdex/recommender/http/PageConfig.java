package dev.logdex.recommender.http;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where the page is served and who may decide on it.
 *
 * @param port 0 takes any free one, -1 serves no page
 * @param address of a network interface of this machine
 * @param hosts names by which the page may be asked for beside those of loopback
 * @param token unset: nobody decides on the page
 */
public record PageConfig(int port, String address, List<String> hosts, Token token) {
  public PageConfig {
    requireNonNull(address, "address");
    hosts = List.copyOf(hosts);
    requireNonNull(token, "token");
  }
}
