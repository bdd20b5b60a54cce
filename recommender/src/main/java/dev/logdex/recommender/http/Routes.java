package dev.logdex.recommender.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which handler answers which path; {@code {name}} in a path takes any one segment. */
final class Routes {
  private final List<Route> routes = new ArrayList<>();

  Routes get(String path, Handler handler) {
    routes.add(new Route("GET", path, handler));
    return this;
  }

  Routes post(String path, Handler handler) {
    routes.add(new Route("POST", path, handler));
    return this;
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  /**
   * The answer of the route that fits; a HEAD is a GET whose body is not sent.
   *
   * @throws RefusedException when none fits
   */
  Response answer(Request request) {
    List<Route> fitting =
        routes.stream().filter(route -> route.arguments(request.path()).isPresent()).toList();
    if (fitting.isEmpty()) {
      throw RefusedException.notFound("There is nothing at this address.");
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Route route =
        fitting.stream()
            .filter(each -> each.method().equals(method))
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedException(
                        405, "Not possible", "This address is not there for " + method + "."));
    return route.handler().answer(request, route.arguments(request.path()).orElseThrow());
  }

  /** Answers requests of one route. */
  @FunctionalInterface
  interface Handler {
    /**
     * The answer.
     *
     * @param arguments the segments that stand for names in the path, in their order
     */
    Response answer(Request request, List<String> arguments);
  }

  /** A way in. */
  record Route(String method, String path, Handler handler) {
    Optional<List<String>> arguments(List<String> asked) {
      List<String> own = Arrays.asList(path.substring(1).split("/", -1));
      if (own.size() != asked.size()) {
        return Optional.empty();
      }
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) {
        if (own.get(i).startsWith("{")) {
          arguments.add(asked.get(i));
        } else if (!own.get(i).equals(asked.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(arguments);
    }
  }
}
